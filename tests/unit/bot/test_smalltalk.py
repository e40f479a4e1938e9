import time

import pytest

from bot.smalltalk import Talk, is_pointing, is_unclear, questions_of, talk_of, without_courtesies


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("hi", Talk.GREETING),
        ("Hello there!", Talk.GREETING),
        ("good morning everyone", Talk.GREETING),
        ("hey, what’s up?", Talk.GREETING),
        ("thanks!", Talk.THANKS),
        ("ok great, thank you so much", Talk.THANKS),
        ("ty <:blob:123456789>", Talk.THANKS),
        ("good bot", Talk.THANKS),
        ("help", Talk.HELP),
        ("Hi! What can you do?", Talk.HELP),
        ("who are you?", Talk.HELP),
        ("are you a bot", Talk.HELP),
        ("can you help me?", Talk.HELP),
        ("what can you do for us?", Talk.HELP),
        ("Who made you?", Talk.HELP),
        ("can I ask you something", Talk.HELP),
        ("wrong answer", Talk.COMPLAINT),
        ("That's not what I asked!", Talk.COMPLAINT),
        ("bad bot", Talk.COMPLAINT),
        ("not helpful", Talk.COMPLAINT),
        ("that is wrong", Talk.CHATTER),
        ("I do not understand", Talk.HELP),
        ("did he give a wrong answer?", None),
        ("How do I add an article?", Talk.ADDING),
        ("help me add an article", Talk.ADDING),
        ("can I add links here?", Talk.ADDING),
        ("https://news.example/ferry", Talk.ADDING),
        ("<https://news.example/ferry>", Talk.ADDING),
        ("is https://news.example/ferry true?", None),
        ("how can we add more files here", Talk.ADDING),
        ("I don’t understand", Talk.HELP),
        ("cheers mate", Talk.THANKS),
        ("thanks for the help!", Talk.THANKS),
        ("thank u", Talk.THANKS),
        ("appreciate it", Talk.THANKS),
        ("no worries", Talk.CHATTER),
        ("you're welcome :+1:", Talk.CHATTER),
        ("gg", Talk.CHATTER),
        ("idk", Talk.CHATTER),
        ("that's wrong", Talk.CHATTER),
        ("sorry, wrong channel", Talk.CHATTER),
        ("happy birthday Tom!", Talk.CHATTER),
        ("what?", Talk.CHATTER),
        ("lol", Talk.CHATTER),
        ("danke", Talk.THANKS),
        ("moin", Talk.GREETING),
        ("wait what", Talk.CHATTER),
        ("hahaha wow", Talk.CHATTER),
        ("😂😂", Talk.CHATTER),
        ("<a:party:99>", Talk.CHATTER),
        ("...", Talk.CHATTER),
        ("ok, got it", Talk.CHATTER),
        ("", Talk.CHATTER),
        ("good evening, bot", Talk.GREETING),
        ("Evening all", Talk.GREETING),
        ("hola!", Talk.GREETING),
        ("hello? anyone there?", Talk.GREETING),
        ("thanks a bunch", Talk.THANKS),
        ("that helped, thanks", Talk.THANKS),
        ("thanks, that's all", Talk.THANKS),
        ("you're a star", Talk.THANKS),
        ("I love this bot", Talk.THANKS),
        ("haha good one", Talk.THANKS),
        ("ok thanks, bye", Talk.THANKS),
        ("who built you?", Talk.HELP),
        ("do you speak German?", Talk.HELP),
        ("is this thing on?", Talk.HELP),
        ("brb dinner", Talk.CHATTER),
        ("wrong thread, sorry", Talk.CHATTER),
        ("that's awful", Talk.CHATTER),
        ("how sad", Talk.CHATTER),
        ("poor thing", Talk.CHATTER),
        ("see you tomorrow", Talk.CHATTER),
        ("no idea", Talk.CHATTER),
        ("thank you very much!", Talk.THANKS),
        ("great answer", Talk.THANKS),
        ("hello world", Talk.GREETING),
        ("nice to meet you", Talk.GREETING),
        ("how r u?", Talk.GREETING),
        ("what can u do", Talk.HELP),
        ("you there?", Talk.HELP),
        ("look at this", Talk.CHATTER),
        ("check this out!", Talk.CHATTER),
        ("good question", Talk.CHATTER),
        ("cool story", Talk.CHATTER),
        ("???", Talk.UNCLEAR),
        ("hi bot, how's your day?", Talk.GREETING),
        ("how are things", Talk.GREETING),
        ("you ok?", Talk.GREETING),
        ("is anyone there?", Talk.GREETING),
        ("long time no see", Talk.GREETING),
        ("knock knock", Talk.GREETING),
        ("thanks a million", Talk.THANKS),
        ("thank you very much, that was quick", Talk.THANKS),
        ("thanks, that's what I needed", Talk.THANKS),
        ("that's exactly what I was looking for", Talk.THANKS),
        ("great, that helps", Talk.THANKS),
        ("many thanks in advance", Talk.THANKS),
        ("you rock", Talk.THANKS),
        ("thanks for nothing", Talk.COMPLAINT),
        ("you suck", Talk.COMPLAINT),
        ("you're wrong about that", Talk.COMPLAINT),
        ("are you human or a bot?", Talk.HELP),
        ("are you chatgpt?", Talk.HELP),
        ("do you sleep?", Talk.HELP),
        ("can you read this?", Talk.HELP),
        ("do you understand me?", Talk.HELP),
        ("how old are you?", Talk.HELP),
        ("where are you from?", Talk.HELP),
        ("what are you good at?", Talk.HELP),
        ("what topics do you cover?", Talk.HELP),
        ("show me what you can do", Talk.HELP),
        ("what should I ask?", Talk.HELP),
        ("any suggestions?", Talk.HELP),
        ("I'm bored", Talk.HELP),
        ("help me out here", Talk.HELP),
        ("tell me a joke", Talk.HELP),
        ("surprise me", Talk.HELP),
        ("tell me something interesting", Talk.HELP),
        ("tell me something about Orm", None),
        ("does this work?", Talk.HELP),
        ("can I trust you?", Talk.HELP),
        ("where do your answers come from?", Talk.HELP),
        ("nvm figured it out", Talk.CHATTER),
        ("wow that's a lot", Talk.CHATTER),
        ("have a nice day", Talk.CHATTER),
        ("happy friday", Talk.CHATTER),
        ("interesting read", Talk.CHATTER),
        ("sounds good", Talk.CHATTER),
        ("hold on", Talk.CHATTER),
        ("don't worry", Talk.CHATTER),
        ("can you repeat that?", Talk.CHATTER),
        ("go away", Talk.CHATTER),
    ],
)
def test_small_talk(text, talk):
    assert talk_of(text) is talk


@pytest.mark.parametrize(
    "text",
    [
        "What did Hegseth say about NATO?",
        "Hi, what did Hegseth say?",
        "help for Ukraine",
        "and Vance?",
        "Why?",
        "who?",
        "Hello Kitty sales",
        "thanks to whom did the bridge open",
        "NATO",
        "is this true?",
        "tell me more",
        "who made the bridge?",
        "can you help refugees in Orm",
        "What do you know about NATO?",
        "that's wrong, who said it?",
        "thanks for the bridge say locals",
        "that's awful weather, is the ferry running?",
        "who built the bridge",
        "how sad is Lind",
        "poor harvest",
        "check this claim",
        "is the world there",
        "what did the answer say",
        "bot",
        "everyone",
        "are you sure?",
        "how bad?",
        "does it work?",
        "does she love it?",
        "no idea of justice",
        "interesting story in the Courier",
        "have a nice day café",
        "do you know when the ferry sails?",
        "can you see Venus in March?",
        "what did he say?",
        "what do you know about the help?",
    ],
)
def test_what_may_ask_the_articles(text):
    assert talk_of(text) is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Hi! What did Lind say? Thanks!", "What did Lind say?"),
        ("hey footnote, when does the bridge open please", "when does the bridge open"),
        ("Hello there what did Lind say", "what did Lind say"),
        ("When does it open? thx in advance :)", "When does it open?"),
        ("What did Lind say?", "What did Lind say?"),
        ("So what did Lind say?", "So what did Lind say?"),
        ("How did Lind say thank you to the divers?", "How did Lind say thank you to the divers?"),
        ("Whom did Lind thank", "Whom did Lind thank"),
        ("Why do they love it?", "Why do they love it?"),
        ("hi", "hi"),
        ("When does it open? Many thanks in advance!", "When does it open?"),
        ("/ask who is Lind?", "who is Lind?"),
    ],
)
def test_courtesies_are_set_aside(text, question):
    assert without_courtesies(text) == question


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "What did Lind say? And when does the bridge open?",
            ["What did Lind say?", "And when does the bridge open?"],
        ),
        (
            "Hi! What did Lind say? Who is Brandt really? Thanks!",
            ["What did Lind say?", "Who is Brandt really?"],
        ),
        ("What did Lind say?", ["What did Lind say?"]),
        ("Hi, what did Lind say? Thanks", ["what did Lind say?"]),
        ("What did Lind say? Really?", ["What did Lind say? Really?"]),
        (
            "Lind spoke of a bridge. When does it open?",
            ["Lind spoke of a bridge. When does it open?"],
        ),
        ("Who asked “why me, why now?” in court?", ["Who asked “why me, why now?” in court?"]),
        ("Who is he? I read it in the paper.", ["Who is he? I read it in the paper."]),
        (
            "How much will the library cost, and when will it open?",
            ["How much will the library cost?", "when will it open?"],
        ),
        (
            "When was it built, who designed it and how many people work there",
            ["When was it built, who designed it and how many people work there"],
        ),
        (
            "How did the fire start and how many people died",
            ["How did the fire start?", "how many people died?"],
        ),
        (
            "Did the crew strike and why did it? Who leads it?",
            ["Did the crew strike?", "why did it?", "Who leads it?"],
        ),
        ("When and where was Lind born?", ["When and where was Lind born?"]),
        ("When Lind left, who took over?", ["When Lind left, who took over?"]),
        ("What did Lind say and do?", ["What did Lind say and do?"]),
        (
            "Do you know when it opens and how much it costs?",
            ["Do you know when it opens and how much it costs?"],
        ),
        (
            "What sets apart what is said and what is done?",
            ["What sets apart what is said and what is done?"],
        ),
    ],
)
def test_questions_of_one_message(text, questions):
    assert questions_of(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        *(
            "is this true?",
            "Is that really true??",
            "isn't it fake",
            "really?",
            "true?",
            "legit? 🤔",
        ),
        *("source?", "any sources?", "what's your source", "What’s the source for this?"),
        *("proof?", "citation needed", "[citation needed]", "says who?", "is there any evidence?"),
        *("where is this from?", "did this happen?", "can you fact-check this?", "verify please"),
        *("what do you know about this?", "what do the articles say about that?", "thoughts?"),
        *("tell me more about this", "what about this?", "this ^", "", "👀", "^^^"),
        *("any truth to this?", "Is there any truth in that?", "fake news?", "is this fake news"),
        *(
            "is this legit?",
            "real?",
            "real or not?",
            "hmm is this accurate?",
            "is any of this true",
        ),
        *("where did you get this?", "where did u hear that", "how do you know that?"),
        *("where was this published?", "who says so?", "according to whom?", "got a source?"),
        *("link?", "can anyone confirm?", "has this been confirmed?", "confirmed?", "hoax?"),
        *("is this a joke?", "is this satire", "is the headline even real?", "is this for real"),
        *("wait, is this really real??", "lol is this true", "fact or fiction?", "fact check?"),
        *("how true is this?", "how reliable is that", "is this still true?", "is it true tho"),
        *("isn't this misinformation?", "has this been debunked?", "is this story legit, guys?"),
        *("can we trust this?", "should I believe this?", "do you believe that?", "clickbait?"),
        *("what are your sources for this?", "is she right?", "are they even real?"),
    ],
)
def test_words_that_point_at_another_message(text):
    assert is_pointing(without_courtesies(text))


@pytest.mark.parametrize(
    "text",
    [
        *("Is it true that Lind left?", "What is the source of the Danube?", "who is he?"),
        *("Is she right about the bridge?", "When did this happen?", "check the weather in Tarn"),
        *("Any truth to what Lind said?", "Is fake news a crime in Tarn?", "Is the mayor legit?"),
        *("Where did they get the money?", "Where did you hear Lind?", "Is it real gold?"),
        *("How accurate was the forecast?", "Who confirmed it?", "Why is it fake?", "Real Madrid?"),
        *("Do they have proof?", "Did he check it?", "When was this confirmed?", "is it legal?"),
        *("Is the story about Lind true?", "According to whom is it safe?", "who is right?"),
        *("Do you believe in ghosts?", "How do they know that?", "what is it?", "did they do it?"),
        *("Can we trust the banks?", "Should I be there?", "What are the facts on Lind?"),
        *("Where is he from?", "What was confirmed?", "Did they happen to meet?"),
    ],
)
def test_words_that_say_something(text):
    assert not is_pointing(text)


@pytest.mark.parametrize(
    "text",
    ["good bot " * 200 + "zz", "ha" * 1000 + "x", "yes no " * 280 + "what", "how are you " * 160],
)
def test_a_message_that_is_nearly_small_talk_takes_no_time(text):
    began = time.process_time()
    talk_of(text)
    questions_of(text)
    is_pointing(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "said",
    [
        *("is this true?", "Is this real", "source?", "really?", "what did they say?", "so...?"),
        *("who asked?", "what is this?", "why?", "Who?", "what happened with it"),
    ],
)
def test_what_asks_about_something_unsaid_is_unclear(said):
    assert is_unclear(said)


@pytest.mark.parametrize(
    "said",
    [
        *("propaganda", "fake news", "Is Ilse Berg a real person?", "WHO", "May", "Will US pay?"),
        *("what happened today?", "how many articles are there?", "which articles do you have?"),
        *("what is this article about?", "summarise", "any news?", "who won?", "What is the US?"),
    ],
)
def test_keywords_and_whole_questions_are_clear(said):
    assert not is_unclear(said)
