"""Everyday words that may stand for one another, as groups between two spaces or line ends.

Our own list, close rather than long: a word in another sense does harm.
"""

from __future__ import annotations

VERBS = """
accuse/blame  achieve/accomplish/attain  acquire/obtain/purchase/get  alarm/worry/unsettle/unnerve
allow/permit/let  alter/change/modify  announce/declare/proclaim/reveal  anger/enrage/infuriate
answer/respond to/reply to  appear/show up  appoint/name/designate  approve/back/endorse
argue/contend/maintain/claim  arrest/detain  arrive/come/turn up  ask/request/enquire
assist/help/aid/support  attack/assault/strike  attempt/try/seek  attend/go to/visit
avoid/evade/steer clear of  ban/prohibit/outlaw/forbid  become/turn into  begin/start/commence
believe/think/hold  blame/hold responsible  block/obstruct/prevent/hinder  build/construct/erect
buy/purchase  call/name/label/term/dub  cancel/call off/scrap  capture/seize/take
cause/bring about/lead to/trigger/provoke/spark  cease/stop/end  celebrate/mark/commemorate
choose/select/pick/opt for  claim/assert/allege  collapse/fall apart/give way  comment/remark
collect/gather/assemble  complete/finish/conclude  compose/write
comprise/consist of/contain/include  condemn/denounce  confirm/verify  conquer/defeat/vanquish
consider/regard/deem  construct/build  contact/get in touch with  contradict/go against
contribute/add  convince/persuade  create/make/produce/form  criticize/attack/fault/object to
cut/reduce/trim  damage/harm/hurt  decide/determine/resolve  decline/refuse/turn down
decrease/fall/drop/decline/shrink  defeat/beat/overcome  defend/protect/guard
delay/postpone/put off  deliver/hand over/supply  demand/insist on/call for/require
demolish/tear down/knock down/destroy  deny/dispute  depart/leave/set off
describe/characterize/portray/depict  design/devise/draw up  destroy/wreck/ruin/wipe out
develop/evolve  die/pass away/perish  differ/vary  disagree with/differ with/oppose
disappear/vanish  discover/find/come across/uncover  discuss/talk about/debate
dismiss/reject/brush aside  dismiss/fire/sack  dominate/control  donate/give  earn/make
elect/vote in  employ/hire  employ/use/utilize  enable/allow  encourage/urge/prompt  enter/go into
escape/flee/get away  establish/found/set up/create  examine/inspect/study/look at
exceed/surpass/top  expand/grow/enlarge  expect/anticipate/foresee  expel/throw out/kick out
explain/clarify/account for  express/voice  fail/fall short  fear/be afraid of  fight/battle/combat
finance/fund/pay for/bankroll  flee/run away from  follow/come after  forecast/predict
found/establish/start/set up  gain/win/get  get/receive/obtain  give/provide/offer/supply/grant
govern/rule/run  grow/increase/rise  happen/occur/take place  harm/hurt/damage  hide/conceal
highlight/stress/emphasize/underline  hit/strike  hold/keep  host/stage  ignore/disregard/overlook
illustrate/show  imply/suggest  improve/better/enhance  include/contain  increase/raise/boost
influence/affect/shape/sway  inform/tell/notify  inhabit/live in/populate  injure/wound/hurt
insist/maintain  intend/plan/mean  introduce/bring in  invade/march into/overrun
invent/devise/come up with  investigate/look into/probe  invite/ask  join/become a member of
keep/retain  kill/slay/murder  launch/start/begin  lead/head/run  leave/depart/quit  lessen/reduce
locate/find/situate  lose/forfeit  make/produce/manufacture  manage/run/direct
meet/encounter/sit down with  mention/bring up/refer to  murder/kill  negotiate/bargain
notice/see/spot  obtain/acquire/get  occupy/take over  occur/happen  offer/propose  operate/run
oppose/resist/fight/be against  organize/arrange/set up  own/possess  permit/allow
persuade/convince  postpone/delay  praise/applaud/commend  predict/forecast/foresee
prepare/get ready  prevent/stop/avert  produce/make/generate  promise/pledge/vow
promote/advance/further  propose/suggest/put forward  protect/shield/safeguard  prove/show
publish/release/bring out/issue  pull out/withdraw  punish/penalize  push/press
quit/resign/step down  raise/lift/increase  reach/arrive at/get to  rebuild/reconstruct
receive/get/be given  recognize/acknowledge/accept  recommend/advise  reduce/cut/lower/lessen
refuse/decline/reject  regard/view/see  reject/turn down/rule out/dismiss  release/free/let go
remain/stay  remove/take away/eliminate/get rid of  rename/call  repair/fix/mend
replace/take the place of/succeed  represent/stand for  request/ask for  require/need/call for
rescue/save  resemble/look like  resign/step down/quit  resolve/settle  restore/bring back
restrict/limit  result in/lead to/cause  reveal/disclose/make known  reverse/undo
revolt/rebel/rise up  rule/govern/reign over  save/rescue  say/state/remark/declare  see/regard
seek/look for/pursue  select/choose  sell/market  send/dispatch  separate/divide/split
settle/resolve  shape/form  show/demonstrate/indicate  shut/close  sign/put a name to
slow/hold back  speak/talk  spread/extend  start/begin/launch  stop/halt/end/cease
strengthen/bolster/reinforce  study/learn/research  succeed/do well  suffer/endure/undergo
suggest/propose/hint  suit/fit  supply/provide/deliver  support/back/favour
surprise/astonish/startle  surrender/give up/yield  survive/live through/outlast  suspect/doubt
take/accept  take part in/participate in/join  teach/instruct  tell/inform  think/believe
threaten/menace  trade/exchange/swap  train/coach  travel/journey/go  treat/deal with
trigger/set off/spark  try/attempt  understand/grasp  urge/call on/press  use/employ/utilize
utilize/use  visit/go to/travel to  vow/pledge/swear  want/wish/desire  warn/caution/alert
weaken/undermine/erode  win/gain/secure  withdraw/pull out  witness/see  worry/trouble/concern
worsen/deteriorate/get worse  write/pen/author  wound/injure  yield/produce
"""
"""In their base form; other forms follow it."""

NOUNS = """
ability/capacity/skill  accident/crash/mishap  accord/agreement/deal/pact/treaty  aim/goal/purpose
objective/goal/target  aircraft/plane/airplane  ally/partner/friend  amount/quantity/volume
animal/creature/beast  answer/reply/response  area/region/zone/district  argument/dispute/quarrel
army/military/armed force  article/piece/report/story  attack/assault/raid/strike
attempt/effort/try  attitude/stance/view/position  author/writer  baby/infant  backer/supporter
ban/prohibition  bank/shore  battle/fight/combat  beginning/start/onset/outset
belief/conviction/faith/view  benefit/advantage/plus  birthplace/place of birth  boat/ship/vessel
book/work/volume  border/boundary/frontier  boss/chief/head/leader  boy/lad
building/structure/edifice  business/company/firm/enterprise  car/vehicle/automobile
career/profession  cause/reason/source  change/shift/alteration
characteristic/trait/feature/quality  child/kid/youngster  choice/option/selection
church/place of worship  citizen/national/resident  city/town/municipality  climate/weather
clothes/clothing/garments  coast/shore/seaside  collapse/breakdown/fall  colleague/co-worker
comment/remark/statement  committee/panel  company/firm/corporation/business  competition/contest
competitor/rival/opponent  component/part/element  concern/worry/fear  concession/compromise
conclusion/end/finding  conference/meeting/summit/gathering  conflict/war/fighting/dispute
consequence/result/effect/outcome  cost/price/expense  country/nation/state/land
countryside/rural area  couple/pair  course/class  court/tribunal  creator/maker/inventor
crime/offence  crisis/emergency  crop/plant  crowd/mob/throng  custom/tradition/practice
danger/risk/threat/hazard  date/day  deal/agreement  death/passing/demise
debate/discussion/argument  decade/ten years  decision/choice/ruling  decline/fall/drop  defeat/loss
demand/call/request  description/account  designer/architect  destination/place  detail/particular
development/growth  disaster/catastrophe  disagreement/dispute/row  discovery/find
disease/illness/sickness  doctor/physician  document/paper/record  doubt/uncertainty
drawback/disadvantage/downside  drug/medicine/medication  duration/length
duty/responsibility/task/obligation  earnings/income  economy/financial system
effect/impact/influence/result  election/vote/poll  element/part  employee/worker/staff member
end/finish/close  enemy/foe/adversary  engine/motor  error/mistake  event/occurrence/incident
evidence/proof  example/instance  exam/test  expert/specialist/authority  explanation/reason
factory/plant/works  failure/flop  fall/drop  fame/renown  family/household  famine/hunger
farmer/grower  father/dad  fault/flaw/defect  fear/anxiety/worry  feature/trait  fee/charge/payment
fighter/soldier/warrior  film/movie/picture  flat/apartment  flight/air trip  food/nourishment
foreigner/outsider  forest/wood  founder/creator/originator  freedom/liberty  fuel/energy source
game/match  gift/present  girl/young woman  goods/products/wares
government/administration/authorities  group/band/team  growth/increase/rise/expansion
guideline/rule  harbor/port  hero/champion  hill/mound  history/past  holiday/vacation  home/house
homeland/home country  hospital/clinic  house/dwelling/residence  husband/spouse
idea/notion/concept  illness/disease  importance/significance  improvement/advance
income/revenue/earnings  industry/sector/trade  inhabitant/resident/native  injury/wound
instrument/tool/device  invasion/incursion  inventor/creator  job/occupation/post/work
journey/trip/voyage  judge/justice  killing/murder/slaying  king/monarch/ruler  kind/type/sort/form
lady/woman  language/tongue  law/statute/act/rule  lawyer/attorney  leader/head/chief  level/degree
location/place/site/position  machine/device/apparatus  majority/most  manner/way
material/substance  meaning/sense  measure/step/action  medicine/drug  meeting/gathering/encounter
member/part  method/way/technique/approach  minister/secretary  mission/task/assignment
mistake/error  money/cash/funds  monarch/sovereign  mother/mum  motive/reason  movement/campaign
movie/film  musician/performer  nation/country  need/requirement  neighbour/adjoining country
newspaper/paper/daily  nickname/other name  number/figure/total/amount  object/thing/item
objection/protest/complaint  occupation/job/profession  offer/proposal/bid  officer/official
opinion/view/belief/position  opponent/rival/adversary/critic  opportunity/chance
origin/source/root  outcome/result  owner/proprietor  painter/artist  part/portion/section/piece
participant/attendee  passenger/traveller  path/route/way  payment/fee  peace/end of fighting
people/persons/folk  percentage/share/proportion  period/era/time/age  person/individual/human
phase/stage  phrase/expression  pilot/airman  place/spot/location/site
plan/scheme/proposal/programme  plane/aircraft/jet  player/athlete  pledge/promise  poet/writer
policy/approach/strategy  politician/statesman  population/number of people/inhabitants
position/stance/post  power/might/strength  praise/acclaim  prediction/forecast
president/head of state  price/cost  priest/clergyman  principle/rule  prison/jail
problem/issue/difficulty/trouble  process/procedure  product/item  profession/occupation
professor/academic  profit/gain  project/scheme  proof/evidence  property/possession/feature
proposal/suggestion/plan  protest/demonstration/rally  province/region  purpose/aim/point/function
quality/property  quantity/amount  quarrel/dispute  queen/monarch  rank/grade  reaction/response
reason/cause/motive/grounds  rebel/insurgent  rebellion/revolt/uprising  recovery/rebound
region/area/part  regime/government  relationship/tie/link/connection  religion/faith/belief
remark/comment  rent/lease  report/account/statement  representative/envoy/delegate
request/plea/demand  research/study  resident/inhabitant  residence/home  response/reaction/reply
result/outcome/effect  revenue/income  revolution/uprising  reward/prize  rise/increase/growth
risk/danger  river/waterway/stream  road/street/route  role/part/function  room/chamber
ruler/sovereign  rule/regulation  safety/security  salary/pay/wage  sale/selling
scholar/academic/researcher  scientist/researcher  season/time of year  security/safety
ship/boat/vessel  shop/store  shortage/lack/scarcity  sickness/illness  side/party
similarity/likeness  site/place  size/extent  skill/ability  soldier/troop/fighter
solution/answer/remedy  song/tune/track  source/origin  speech/address/talk  speed/pace/velocity
spouse/partner  spread/expansion  stage/phase  stance/position/view/attitude
statement/remark/comment  strategy/plan/approach  street/road  strength/power  structure/building
struggle/fight  student/pupil/learner  style/manner  subject/topic/theme  success/triumph
supporter/backer/follower/fan  surname/last name/family name  surroundings/environment
survey/poll/study  symbol/sign/emblem  system/arrangement  talks/negotiations  task/job
tax/levy/duty  teacher/instructor  team/side/squad  temple/shrine  territory/land/area  theory/idea
threat/danger/menace  title/name  tool/implement  topic/subject  total/sum  town/city
trade/commerce  tradition/custom  trait/characteristic  traveller/visitor  treatment/therapy
treaty/accord/pact  trip/journey/visit  troops/soldiers/forces  trouble/problem  type/kind/sort
uprising/revolt  use/purpose  value/worth  vehicle/car  version/edition  victim/casualty
victory/win/triumph  view/opinion/stance  village/settlement  violence/bloodshed  visit/trip
wage/pay/salary  war/conflict  warning/caution/alert  way/manner/method  weakness/flaw/shortcoming
wealth/riches/fortune  weapon/arm  weather/climate  wedding/marriage  wife/spouse
windscreen/windshield  winner/victor/champion  woman/lady  word/term  worker/employee/labourer
workforce/labour force  writer/author  youth/young person
"""
"""In the singular."""

OTHERS = """
able/capable  about/concerning/regarding  abroad/overseas  according to/in the view of
afraid/fearful  aggressive/hostile  almost/nearly/practically  also/too/as well  ancient/very old
angry/furious/cross  annual/yearly  approximately/around/roughly
at first/initially/originally  at present/currently/now  attractive/appealing  average/typical
aware/conscious  bad/poor/awful  beautiful/lovely  because of/due to/owing to  before/prior to
behind/at the back of  big/large/great  biggest/largest/greatest  brave/courageous  brief/short
bright/brilliant  calm/peaceful  central/main  cheap/inexpensive/low-cost
chief/main/primary/principal  clear/obvious/plain  close/near  common/frequent/widespread
complete/total/full  complicated/complex  constantly/always  contemporary/modern  correct/right
costly/expensive  crucial/vital/essential  cruel/brutal  current/present/present-day
dangerous/risky/unsafe  dead/deceased  deadly/lethal/fatal  deep/profound  different/distinct
difficult/hard/tough  disappointed/let down  domestic/home  during/in the course of  earliest/first
early/initial  easy/simple  economic/financial  empty/vacant  enormous/huge/massive  entire/whole
essential/necessary  eventually/in the end/finally  evident/clear  exactly/precisely
expensive/costly/dear  extra/additional/further  extremely/very/highly  fair/just  false/untrue
famous/well-known/renowned/celebrated  fast/quick/rapid  favourite/preferred  first/earliest
foreign/overseas  former/previous  fortunate/lucky  frequently/often  funny/amusing
generally/usually/mostly  genuine/real/authentic  global/worldwide/international  gradual/slow
grateful/thankful  happy/glad/pleased  harmful/damaging  helpful/useful  high/tall
hostile/unfriendly  huge/enormous/vast  immediately/at once/right away/straight away
important/significant/major  impossible/not possible  in favour of/for  independent/self-governing
initial/first  initially/at first  large/big/sizeable  largest/biggest  last/final
later/afterwards/subsequently  leading/top/main  legal/lawful  likely/probable  local/regional
main/chief/primary/principal/key  major/big/important  mandatory/compulsory/required
maximum/highest/greatest  minimum/lowest/smallest  modern/present-day  most/the majority of
mostly/mainly/largely/chiefly  native/indigenous  nearby/close by  necessary/needed/required
nervous/anxious  new/recent/fresh  next/following  next to/beside  normal/usual  notable/remarkable
now/today/nowadays  obvious/clear  occasionally/sometimes  odd/strange  official/formal
often/frequently  old/aged  opposed to/against  ordinary/normal/common  original/first
originally/at first/initially  particular/specific  partly/in part  permanent/lasting  perhaps/maybe
poor/impoverished  popular/well-liked  possible/potential  powerful/strong/mighty  practical/useful
precise/exact  present/current  previous/earlier/prior  previously/earlier/before  primarily/mainly
primary/main  prior to/before  prominent/leading  proper/right/correct  prosperous/wealthy/rich
purely/only  quickly/fast/rapidly  quiet/silent  rare/uncommon/unusual  ready/prepared  real/actual
recent/latest/new  recently/lately  regular/steady  related to/connected with  reliable/dependable
remote/distant  rich/wealthy  sad/unhappy  safe/secure  same/identical  scared/frightened
serious/grave/severe  shared/common  short/brief  significant/important/considerable  similar/alike
small/little/tiny  smallest/tiniest  sometimes/at times  specific/particular  strange/odd/unusual
strong/powerful  sudden/abrupt  suddenly/all of a sudden  sufficient/enough  suitable/fitting
tall/high  terrible/dreadful  throughout/all over  tiny/very small  together/jointly  top/leading
traditional/customary  true/correct  typical/usual  typically/usually/normally
ultimately/in the end  under/beneath/below  unhappy/sad  until/up to  unusual/uncommon
urgent/pressing  useful/helpful  usually/normally/generally  valuable/precious
various/different/several  violent/bloody  vital/essential  weak/feeble  wealthy/rich
well-known/famous  whole/entire  wide/broad  widely/broadly  within/inside  worldwide/global
wrong/incorrect
"""
