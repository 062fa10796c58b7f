"""Exports of Telegram channels: as JSON and as pages, with the same fields from both."""

from __future__ import annotations

import json

import pytest

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import BlockKind, Reading
from briefing_app.readers import Member, read_members
from tests.readers.test_read import check_form

EXPORT = {
    "name": "Порт сегодня",
    "type": "public_channel",
    "id": 77,
    "messages": [
        {"id": -1, "type": "service", "date": "2026-11-01T00:00:00", "action": "create_channel", "text": ""},
        {
            "id": 2, "type": "message", "date": "2026-11-03T10:15:00", "date_unixtime": "1793690100",
            "from": "Порт сегодня", "author": "Анна",
            "text": ["Порт был обстрелян, ", {"type": "bold", "text": "дважды"}, ".\n\n",
                     {"type": "text_link", "text": "Подробности", "href": "https://port.example/a?x=1&y=2"},
                     " & ", {"type": "link", "text": "port.example/b"}],
        },
        {"id": 3, "type": "message", "date": "2026-11-03T11:00:00", "from": "Порт сегодня", "photo": "p", "text": ""},
        {
            "id": 4, "type": "message", "date": "2026-11-03T11:05:00", "date_unixtime": "1793693100",
            "from": "Порт сегодня", "forwarded_from": "Velsk <live>", "reply_to_message_id": 2,
            "text": "قالت موسكو إن الميناء مغلق",
        },
    ],
}  # fmt: skip

PAGE = """<!DOCTYPE html>
<html>
 <head>
  <meta charset="utf-8"/>
<title>Exported Data</title>
 </head>
 <body onload="CheckLocation();">
  <div class="page_wrap">
   <div class="page_header">
    <div class="content">
     <div class="text bold">
Порт сегодня
     </div>
    </div>
   </div>
   <div class="page_body chat_page">
    <div class="history">
     <div class="message service" id="message-1">
      <div class="body details">
3 November 2026
      </div>
     </div>
     <div class="message default clearfix" id="message2">
      <div class="pull_left userpic_wrap"><div class="userpic userpic1"><div class="initials">П</div></div></div>
      <div class="body">
       <div class="pull_right date details" title="03.11.2026 10:15:00 UTC+03:00">
10:15
       </div>
       <div class="from_name">
Порт сегодня
       </div>
       <div class="text">
Порт был обстрелян, <strong>дважды</strong>.<br><br>HIDDEN &amp; LINK
       </div>
       <div class="signature details">
Анна
       </div>
      </div>
     </div>
     <div class="message default clearfix joined" id="message3">
      <div class="body">
       <div class="pull_right date details" title="03.11.2026 11:00:00 UTC+03:00">
11:00
       </div>
       <div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/p.jpg"></a></div>
      </div>
     </div>
     <div class="message default clearfix joined" id="message4">
      <div class="body">
       <div class="pull_right date details" title="03.11.2026 11:05:00 UTC+03:00">
11:05
       </div>
       <div class="reply_to details">
In reply to <a href="#go_to_message2" onclick="return GoToMessage(2)">this message</a>
       </div>
       <div class="forwarded body">
        <div class="from_name">
Velsk &lt;live&gt; <span class="date details" title="02.11.2026 08:00:00 UTC+03:00"> 02.11.2026 08:00:00</span>
        </div>
        <div class="text">
قالت موسكو إن الميناء مغلق
        </div>
       </div>
      </div>
     </div>
    </div>
   </div>
  </div>
 </body>
</html>
""".replace("HIDDEN", '<a href="https://port.example/a?x=1&amp;y=2">Подробности</a>').replace(
    "LINK", '<a href="http://port.example/b">port.example/b</a>'
)


def members(data: bytes, name: str) -> dict[str | None, Member]:
    return {member.name: member for member in read_members(data, name)}


def readings(data: bytes, name: str) -> dict[str | None, Reading]:
    found = {}
    for key, member in members(data, name).items():
        assert member.reading is not None
        check_form(member.reading)
        found[key] = member.reading
    return found


def test_json_and_pages_give_the_same_fields() -> None:
    from_json = readings(json.dumps(EXPORT, ensure_ascii=False, indent=1).encode(), "result.json")
    from_page = readings(PAGE.encode(), "messages.html")
    for found in (from_json, from_page):
        assert list(found) == ["message 2", "message 4"]
        first, second = found["message 2"], found["message 4"]
        assert first.text == (
            "Порт был обстрелян, дважды.\n\nПодробности & port.example/b\n\nhttps://port.example/a?x=1&y=2"
        )
        assert [block.kind for block in first.blocks][-1] is BlockKind.NOTE
        assert (first.fields.outlet, first.fields.authors) == ("Порт сегодня", ("Анна",))
        assert first.fields.published == "2026-11-03T10:15:00+03:00"
        assert first.warnings == ("1 message(s) of the export have no words (pictures, files) and were left out.",)
        assert second.text == "قالت موسكو إن الميناء مغلق"
        assert second.fields.published == "2026-11-03T11:05:00+03:00"
        assert second.fields.outlet == "Порт сегодня"
        assert second.fields.authors == ()
        assert second.warnings[0] == "Forwarded from “Velsk <live>”."
        assert second.warnings[1].startswith("It answers the message “Порт был обстрелян, дважды.")


def test_a_message_kept_by_itself_reads_as_it_did_in_the_export() -> None:
    for data, name in ((json.dumps(EXPORT).encode(), "result.json"), (PAGE.encode(), "messages2.html")):
        for key, member in members(data, name).items():
            assert member.data is not None
            assert member.reading is not None
            (again,) = members(member.data, member.file_name).values()
            assert again.reading is not None
            assert again.name == key
            assert again.reading.text == member.reading.text
            assert again.reading.fields == member.reading.fields
            left_out = [warning for warning in member.reading.warnings if "left out" not in warning]
            assert list(again.reading.warnings) == left_out


def test_a_group_has_authors_and_joined_messages_keep_theirs() -> None:
    page = PAGE.replace("Порт сегодня\n       </div>", "Борис\n       </div>").replace("signature", "other")
    page = page.replace('<div class="media_wrap clearfix">', '<div class="text">Вторая запись</div><div class="media">')
    found = readings(page.encode(), "messages.html")
    assert [found[f"message {number}"].fields.authors for number in (2, 3, 4)] == [("Борис",)] * 3
    assert found["message 3"].text == "Вторая запись"


def test_a_page_without_words_says_so() -> None:
    start, end = PAGE.index('<div class="message default'), PAGE.index("    </div>\n   </div>\n  </div>\n </body>")
    with pytest.raises(UnreadableFile, match="no message in it has words"):
        members((PAGE[:start] + PAGE[end:]).encode(), "messages.html")
