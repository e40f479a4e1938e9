"""Names that are places or their groupings: spoken of, mostly, rather than speaking."""

from __future__ import annotations

PLACES = frozenset(
    line.strip().lower()
    for line in """
    Afghanistan|Africa|Albania|Algeria|America|Andorra|Angola|Antarctica|Argentina|Armenia|Asia
    |Australia|Austria|Azerbaijan|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan
    |Bolivia|Bosnia|Botswana|Brazil|Britain|Brunei|Bulgaria|Burkina Faso|Burma|Burundi|Cambodia
    |Cameroon|Canada|Chad|Chile|China|Colombia|Congo|Costa Rica|Crimea|Croatia|Cuba|Cyprus|Czechia
    |Denmark|Djibouti|Donbas|Ecuador|Egypt|El Salvador|England|Eritrea|Estonia|Eswatini|Ethiopia
    |Europe|Fiji|Finland|France|Gabon|Gambia|Gaza|Georgia|Germany|Ghana|Greece|Greenland|Guatemala
    |Guinea|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland
    |Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Korea|Kosovo|Kuwait|Kyrgyzstan
    |Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi
    |Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia|Montenegro
    |Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria
    |North Korea|North Macedonia|Northern Ireland|Norway|Oman|Pakistan|Palestine|Panama|Paraguay
    |Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|Saudi Arabia|Scotland
    |Senegal|Serbia|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Korea
    |South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania
    |Thailand|Togo|Tonga|Trinidad|Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Kingdom
    |United States|Uruguay|Uzbekistan|Vatican|Venezuela|Vietnam|Wales|Yemen|Zambia|Zimbabwe
    |Beijing|Berlin|Brussels|Geneva|Jerusalem|Kyiv|Kiev|London|Moscow|Munich|New York|Paris|Rome
    |Tehran|Tokyo|Vienna|Warsaw|Washington
    """.split("|")
)
"""Countries and parts of the world by their short names, and capitals that stand for them."""
