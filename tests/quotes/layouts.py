"""Layouts of quotations over several paragraphs, as newspapers and agencies set them, in words made for the tests."""

from typing import NamedTuple


class Layout(NamedTuple):
    """Paragraphs, and (words of a quotation, its speaker) for what must be found; "" is a quotation of nobody."""

    style: str
    name: str
    paragraphs: tuple[str, ...]
    expected: tuple[tuple[str, str], ...]


LAYOUTS = [
    # US: double marks, a paragraph is left open where the next one goes on.
    Layout(
        "US",
        "two paragraphs, name at the end",
        ("“The orchard was flooded twice. We lost the early apples.", "“Nobody came to help us,” said Martha Quill."),
        (("The orchard was flooded", "Martha Quill"), ("Nobody came to help", "Martha Quill")),
    ),
    Layout(
        "US",
        "three paragraphs, name at the end",
        (
            "“The kiln cracked in the first week of frost.",
            "“We mended it with clay from the river bank.",
            "“It has never been so hot since,” Harold Finch said.",
        ),
        (("The kiln cracked", "Harold Finch"), ("mended it with clay", "Harold Finch"), ("so hot", "Harold Finch")),
    ),
    Layout(
        "US",
        "straight marks, name at the end",
        ('"The bus no longer stops at the mill. We walk now.', '"My knees tell me every evening," said Nora Beck.'),
        (("The bus no longer", "Nora Beck"), ("My knees tell", "Nora Beck")),
    ),
    Layout(
        "US",
        "name in the first of two",
        ("“The harbor will silt up,” said Martha Quill. “It always has.", "“Dredging only buys us a summer.”"),
        (("harbor will silt", "Martha Quill"), ("It always has", "Martha Quill"), ("Dredging only", "Martha Quill")),
    ),
    Layout(
        "US",
        "name in the middle of three",
        (
            "“The roof was patched in a hurry.",
            "“It leaked by May,” Harold Finch said. “The hall smelled of wet wool.",
            "“We danced there all the same.”",
        ),
        (("patched in a hurry", "Harold Finch"), ("leaked by May", "Harold Finch"), ("We danced", "Harold Finch")),
    ),
    Layout(
        "US",
        "open paragraphs between two speakers",
        (
            "“The bridge is fine,” Nora Beck said.",
            "“The bridge is a danger to every child in this town.",
            "“I have sent nine letters about it,” said Harold Finch.",
        ),
        (("is fine", "Nora Beck"), ("danger to every child", "Harold Finch"), ("nine letters", "Harold Finch")),
    ),
    Layout(
        "US",
        "name before, paragraphs closed",
        ("Martha Quill said, “The well ran dry.”", "“We carried water from the chapel for three weeks.”"),
        (("The well ran dry", "Martha Quill"), ("carried water", "Martha Quill")),
    ),
    Layout(
        "US",
        "colon, then three open paragraphs",
        (
            "Nora Beck wrote to the council:",
            "“The lamps on Mill Lane have been dark since March.",
            "“Two of my neighbors have fallen there.",
            "“Please send somebody with a ladder.”",
        ),
        (("lamps on Mill Lane", "Nora Beck"), ("neighbors have fallen", "Nora Beck"), ("with a ladder", "Nora Beck")),
    ),
    Layout(
        "US",
        "left open and not taken up again",
        (
            "Harold Finch said: “The choir is short of basses. We have asked the fire brigade. They sing well.",
            "Rehearsals begin in October.",
        ),
        (
            ("short of basses", "Harold Finch"),
            ("asked the fire brigade", "Harold Finch"),
            ("sing well", "Harold Finch"),
        ),
    ),
    Layout(
        "US",
        "left open after a tag",
        (
            "“We are closing the bakery,” Martha Quill said. “The flour costs more than the bread. I am sorry.",
            "The shop opened in 1931.",
        ),
        (("closing the bakery", "Martha Quill"), ("flour costs more", "Martha Quill"), ("I am sorry", "Martha Quill")),
    ),
    Layout(
        "US",
        "report, then a paragraph quoted",
        ("Nora Beck said the ferry was too old for winter.", "“Every plank of it groans when the wind turns north.”"),
        (("Every plank", "Nora Beck"),),
    ),
    Layout(
        "US",
        "tag, paragraph, tag",
        (
            "“The seed arrived late,” Harold Finch said.",
            "“We sowed by lantern light for a week.”",
            "“It came up all the same,” he said.",
        ),
        (("arrived late", "Harold Finch"), ("lantern light", "Harold Finch"), ("came up all", "Harold Finch")),
    ),
    # British: single marks, double ones inside.
    Layout(
        "British",
        "single marks, name at the end",
        (
            "‘The moor is drier than I have ever seen it. A spark would do.",
            "‘We are watching day and night,’ said Enid Lowe.",
        ),
        (("The moor is drier", "Enid Lowe"), ("watching day and night", "Enid Lowe")),
    ),
    Layout(
        "British",
        "single marks, three paragraphs",
        (
            "‘My father kept bees behind the signal box.",
            "‘The drivers used to slow down for the honey.",
            "‘Nobody slows down now,’ Percy Thorne said.",
        ),
        (
            ("kept bees", "Percy Thorne"),
            ("slow down for the honey", "Percy Thorne"),
            ("slows down now", "Percy Thorne"),
        ),
    ),
    Layout(
        "British",
        "single marks, name first",
        (
            "Enid Lowe said: ‘The library must stay open. Where else would they read?",
            "‘I shall sit on the steps until it does.’",
        ),
        (("library must stay", "Enid Lowe"), ("sit on the steps", "Enid Lowe")),
    ),
    Layout(
        "British",
        "double marks inside single ones",
        ("‘He told me the word was “never” and I believed him,’ said Enid Lowe.",),
        (("He told me the word", "Enid Lowe"), ("and I believed him", "Enid Lowe")),
    ),
    Layout(
        "British",
        "double marks, he added",
        (
            "Percy Thorne said: “The tide took the jetty in one night.”",
            "He added: “We heard it go.",
            "“It sounded like a wardrobe falling downstairs.”",
        ),
        (("took the jetty", "Percy Thorne"), ("heard it go", "Percy Thorne"), ("like a wardrobe", "Percy Thorne")),
    ),
    Layout(
        "British",
        "said, colon, open paragraphs",
        (
            "Enid Lowe, the warden, said: “The swans came back in April.",
            "“There are eleven of them on the upper pond.",
            "“I count them at breakfast.”",
        ),
        (("swans came back", "Enid Lowe"), ("eleven of them", "Enid Lowe"), ("at breakfast", "Enid Lowe")),
    ),
    Layout(
        "British",
        "a spokesman in an open paragraph",
        (
            "A spokesman for Thorne Ferries said: “We regret the delay on Friday.",
            "“Passengers will have their fares back by post.”",
        ),
        (("regret the delay", "spokesman for Thorne Ferries"), ("fares back", "spokesman for Thorne Ferries")),
    ),
    Layout(
        "British",
        "single marks, tag in the middle",
        (
            "‘The kettle was on,’ said Percy Thorne. ‘We had no idea that the river was rising.",
            "‘Then the cat came in wet.’",
        ),
        (
            ("kettle was on", "Percy Thorne"),
            ("no idea that the river", "Percy Thorne"),
            ("cat came in wet", "Percy Thorne"),
        ),
    ),
    Layout(
        "British",
        "report, then a paragraph in single marks",
        ("Enid Lowe said the chapel would be sold before winter.", "‘We cannot heat it and we cannot mend the roof.’"),
        (("cannot heat it", "Enid Lowe"),),
    ),
    Layout(
        "British",
        "a title in single marks is nobody's",
        ("Enid Lowe said the play was finished.", "The name is ‘A Kettle for Ada’ and it runs for an hour."),
        (),
    ),
    # Australian: short paragraphs, each closed; the name comes first or last, or not at all.
    Layout(
        "Australian",
        "report, then three closed paragraphs",
        (
            "Grazier Tom Wickham said the dam had held.",
            "“It was touch and go on the Sunday.”",
            "“We slept in the ute beside the wall.”",
            "“By Monday the worst was over.”",
        ),
        (("touch and go", "Tom Wickham"), ("slept in the ute", "Tom Wickham"), ("By Monday", "Tom Wickham")),
    ),
    Layout(
        "Australian",
        "closed paragraphs, he said in the first",
        (
            "“The sheep went up the ridge by themselves,” Tom Wickham said.",
            "“They knew before the radio did.”",
            "“I only had to open the gate.”",
        ),
        (("went up the ridge", "Tom Wickham"), ("before the radio", "Tom Wickham"), ("open the gate", "Tom Wickham")),
    ),
    Layout(
        "Australian",
        "closed paragraphs, he said in the last",
        (
            "The river peaked at noon.",
            "“It came through the laundry first.”",
            "“Then the piano floated,” Lucy Ardern said.",
        ),
        (("through the laundry", "Lucy Ardern"), ("piano floated", "Lucy Ardern")),
    ),
    Layout(
        "Australian",
        "report of a body, then its words",
        ("The Rivers Authority said the gates would stay shut.", "“There is no spare water for the lower farms.”"),
        (("no spare water", "Rivers Authority"),),
    ),
    Layout(
        "Australian",
        "two people, each with a report",
        (
            "Lucy Ardern said the school bus was full.",
            "“Four of mine stand the whole way to town.”",
            "Tom Wickham said a second bus would come.",
            "“We found a driver on Tuesday night.”",
        ),
        (("stand the whole way", "Lucy Ardern"), ("found a driver", "Tom Wickham")),
    ),
    Layout(
        "Australian",
        "straight marks",
        ("Lucy Ardern said the shed had gone.", '"The wind lifted it like the lid of a tin."'),
        (("lid of a tin", "Lucy Ardern"),),
    ),
    Layout(
        "Australian",
        "a report, a plain paragraph, a quotation of nobody",
        (
            "Lucy Ardern said the shed had gone.",
            "The road to the coast was cut in two places.",
            "“The lid of a tin would have held out for longer.”",
        ),
        (("would have held out", ""),),
    ),
    # Indian: "X said", open paragraphs, long titles.
    Layout(
        "Indian",
        "added at the end of the second",
        (
            "“The canal lining work will be taken up before the monsoon.",
            "“Farmers at the tail end will get water for the second crop,” added Meera Pillai, the collector.",
        ),
        (("canal lining", "Meera Pillai"), ("tail end", "Meera Pillai")),
    ),
    Layout(
        "Indian",
        "single straight marks, name at the end",
        ("'The market was empty by nine. Nobody had change.", "'We sold mangoes on credit,' said Ravi Menon."),
        (("market was empty", "Ravi Menon"), ("mangoes on credit", "Ravi Menon")),
    ),
    Layout(
        "Indian",
        "told reporters, then open paragraphs",
        (
            "Meera Pillai told reporters: “The ferry tender has been floated.",
            "“Three firms have shown interest so far.",
            "“Work will begin after the festival.”",
        ),
        (("ferry tender", "Meera Pillai"), ("Three firms", "Meera Pillai"), ("after the festival", "Meera Pillai")),
    ),
    Layout(
        "Indian",
        "informed, then a closed paragraph",
        ("Ravi Menon said that the stall owners would shift by Friday.", "“We have asked only for shade and one tap.”"),
        (("shade and one tap", "Ravi Menon"),),
    ),
    Layout(
        "Indian",
        "speech in open paragraphs, name in the third",
        (
            "“Our village had one radio.",
            "“It stood in the window of the tailor.",
            "“On match days the whole lane stood there,” Ravi Menon recalled.",
        ),
        (("had one radio", "Ravi Menon"), ("window of the tailor", "Ravi Menon"), ("whole lane", "Ravi Menon")),
    ),
    Layout(
        "Indian",
        "left open after the colon",
        (
            "Ravi Menon said: “The pump has been repaired twice. The money for it has come. The water has not.",
            "The panchayat meets on Thursday.",
        ),
        (("repaired twice", "Ravi Menon"), ("money for it", "Ravi Menon"), ("water has not", "Ravi Menon")),
    ),
    # Agency: dateline, straight or doubled single marks, the name at the end.
    Layout(
        "agency",
        "dateline, name at the end of the second",
        (
            "LINDHOLM (Newswire) - The island lost its power on Sunday.",
            '"The cable was cut by an anchor. We know the ship.',
            '"The owners have been told," harbour master Sven Dahl said.',
        ),
        (("cut by an anchor", "Sven Dahl"), ("owners have been told", "Sven Dahl")),
    ),
    Layout(
        "agency",
        "doubled single marks, name at the end",
        ("''The glacier moved nine metres in a week.", "''We could hear it at night,'' said guide Karin Moe."),
        (("glacier moved", "Karin Moe"), ("hear it at night", "Karin Moe")),
    ),
    Layout(
        "agency",
        "statement in open paragraphs",
        (
            "The mine said in a statement:",
            '"Two shafts were closed on Monday night.',
            '"All the men are above ground."',
        ),
        (("Two shafts", "mine"), ("above ground", "mine")),
    ),
    Layout(
        "agency",
        "report, closed paragraph, report",
        (
            "Sven Dahl said the light would be moved.",
            '"The cliff under it has lost a metre since spring."',
            "Karin Moe said walkers should keep away.",
        ),
        (("cliff under it", "Sven Dahl"),),
    ),
    Layout(
        "agency",
        "two pieces around the tag, then another paragraph",
        (
            '"The nets were full," Karin Moe said, "but the price had gone.',
            '"We threw half of it back."',
        ),
        (("nets were full", "Karin Moe"), ("price had gone", "Karin Moe"), ("half of it back", "Karin Moe")),
    ),
    Layout(
        "agency",
        "question and answer without names",
        ("The clerk read the list aloud.", '"Is there anybody here from the upper farm?"', "Nobody stood up."),
        (("anybody here", ""),),
    ),
    Layout(
        "agency",
        "according to, then a closed paragraph",
        (
            "The pass will open on Friday, according to Sven Dahl.",
            '"The last of the snow was cleared by hand."',
        ),
        (("cleared by hand", "Sven Dahl"),),
    ),
    Layout(
        "agency",
        "guillemets left open",
        ("«The boats stay in port until the ice is gone.", "«We will not risk the crews,» said Karin Moe."),
        (("boats stay in port", "Karin Moe"), ("risk the crews", "Karin Moe")),
    ),
    Layout(
        "agency",
        "she said at the end, name before",
        (
            "Karin Moe has guided on the ice for thirty years.",
            '"The cracks used to open in July. Now it is May.',
            '"I no longer take children up," she said.',
        ),
        (("cracks used to open", "Karin Moe"), ("take children up", "Karin Moe")),
    ),
]
# In the first the parse gives "said guide Karin Moe" no subject, in the second it joins both paragraphs to "said".
KNOWN = frozenset(("doubled single marks, name at the end", "two pieces around the tag, then another paragraph"))
