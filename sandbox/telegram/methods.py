"""The Bot API's methods, by name. Each takes the parameters as they came and gives the result."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.errors import bad_request
from sandbox.telegram.files import Stored, described
from sandbox.telegram.markup import LONGEST_TEXT, read_keyboard, read_text
from sandbox.telegram.service import Telegram

Values = Mapping[str, Any]
LONGEST_CAPTION = 1024
TYPING_S = 5.0
LONGEST_TOAST = 200
SAME = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def get_me(telegram: Telegram, values: Values) -> dict[str, Any]:
    return telegram.bot | {
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def send_message(telegram: Telegram, values: Values) -> Message:
    chat = telegram.chats.find(values.get("chat_id"))
    content = read_words(values, "text", LONGEST_TEXT)
    return telegram.say(chat, content, read_keyboard(values.get("reply_markup")))


def read_words(values: Values, name: str, longest: int) -> dict[str, Any]:
    """Text or caption, with its entities."""
    text, entities = read_text(str(values.get(name, "")), values.get("parse_mode"), longest)
    label = "entities" if name == "text" else "caption_entities"
    return {name: text, label: entities} if entities else {name: text}


def send_photo(telegram: Telegram, values: Values) -> Message:
    return send_file(telegram, values, "photo")


def send_document(telegram: Telegram, values: Values) -> Message:
    return send_file(telegram, values, "document")


def send_file(telegram: Telegram, values: Values, kind: str) -> Message:
    chat = telegram.chats.find(values.get("chat_id"))
    content = telegram.file_content(kind, read_file(telegram, values, kind))
    if values.get("caption"):
        content |= read_words(values, "caption", LONGEST_CAPTION)
    return telegram.say(chat, content, read_keyboard(values.get("reply_markup")))


def read_file(telegram: Telegram, values: Values, kind: str) -> Stored:
    """An upload, an attachment by name, or a file that is known by its id."""
    given = values.get(kind)
    if isinstance(given, str) and given.startswith("attach://"):
        given = values.get(given.removeprefix("attach://"))
    if isinstance(given, str):
        return telegram.files.find(given)
    if given is None:
        raise bad_request(f"there is no {kind} in the request")
    name, mime, content = given
    return telegram.files.store(kind, content, name, mime)


def get_file(telegram: Telegram, values: Values) -> dict[str, Any]:
    stored = telegram.files.find(str(values.get("file_id")))
    return described(stored) | {"file_path": stored.path}


def edit_message_text(telegram: Telegram, values: Values) -> Message:
    chat, message = find_message(telegram, values, "edit")
    content = read_words(values, "text", LONGEST_TEXT)
    return replace(telegram, chat, message, content, values)


def edit_message_reply_markup(telegram: Telegram, values: Values) -> Message:
    chat, message = find_message(telegram, values, "edit")
    names = ("text", "entities", "photo", "document", "caption", "caption_entities")
    content = {name: message[name] for name in names if name in message}
    return replace(telegram, chat, message, content, values)


def find_message(telegram: Telegram, values: Values, why: str) -> tuple[Chat, Message]:
    chat = telegram.chats.find(values.get("chat_id"))
    message = chat.messages.get(int(values.get("message_id", 0)))
    if message is None or (why == "edit" and not message["from"]["is_bot"]):
        raise bad_request(f"message to {why} not found")
    return chat, message


def replace(
    telegram: Telegram, chat: Chat, old: Message, content: dict[str, Any], values: Values
) -> Message:
    """The same message with other words or buttons."""
    head = {name: old[name] for name in ("message_id", "from", "chat", "date")}
    rows = read_keyboard(values.get("reply_markup")).get("inline_keyboard")
    buttons = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
    message = head | content | buttons
    if message == {name: value for name, value in old.items() if name != "edit_date"}:
        raise bad_request(SAME)
    message["edit_date"] = telegram.clock.timestamp()
    chat.messages[old["message_id"]] = message
    telegram.disk.touch()
    if telegram.on_said:
        telegram.on_said(chat)
    return message


def delete_message(telegram: Telegram, values: Values) -> bool:
    chat, message = find_message(telegram, values, "delete")
    del chat.messages[message["message_id"]]
    telegram.disk.touch()
    return True


def answer_callback_query(telegram: Telegram, values: Values) -> bool:
    query = telegram.queries.pop(str(values.get("callback_query_id")), None)
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = str(values.get("text", ""))
    if len(text) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if text:
        alert = str(values.get("show_alert", "")).lower() == "true"
        toast = {"text": text, "alert": alert, "number": time.monotonic_ns()}
        telegram.chats.by_id[query.chat_id].toast = toast
    telegram.disk.touch()
    return True


def send_chat_action(telegram: Telegram, values: Values) -> bool:
    chat = telegram.chats.find(values.get("chat_id"))
    chat.typing_until = time.monotonic() + TYPING_S
    telegram.disk.touch()
    return True


def set_my_commands(telegram: Telegram, values: Values) -> bool:
    given = values.get("commands", "[]")
    commands = json.loads(given) if isinstance(given, str) else given
    telegram.commands[str(values.get("language_code", ""))] = commands
    telegram.disk.touch()
    return True


def get_my_commands(telegram: Telegram, values: Values) -> list[dict[str, str]]:
    return telegram.commands.get(str(values.get("language_code", "")), [])


def delete_my_commands(telegram: Telegram, values: Values) -> bool:
    telegram.commands.pop(str(values.get("language_code", "")), None)
    return True


def set_webhook(telegram: Telegram, values: Values) -> bool:
    read_allowed(telegram, values)
    drop_pending(telegram, values)
    url = str(values.get("url", ""))
    if url:
        secret = str(values.get("secret_token", ""))
        telegram.webhook.set(url, secret, int(values.get("max_connections", 40)))
    else:
        telegram.webhook.clear()
    telegram.disk.touch()
    return True


def delete_webhook(telegram: Telegram, values: Values) -> bool:
    telegram.webhook.clear()
    drop_pending(telegram, values)
    telegram.disk.touch()
    return True


def drop_pending(telegram: Telegram, values: Values) -> None:
    if str(values.get("drop_pending_updates", "")).lower() == "true":
        telegram.updates.pending.clear()


def read_allowed(telegram: Telegram, values: Values) -> None:
    """Which kinds of update the bot wants, from now on."""
    given = values.get("allowed_updates")
    if given is not None:
        telegram.updates.allowed = set(json.loads(given) if isinstance(given, str) else given)


def get_webhook_info(telegram: Telegram, values: Values) -> dict[str, Any]:
    return telegram.webhook.info()


def accept(telegram: Telegram, values: Values) -> bool:
    return True


METHODS: dict[str, Callable[[Telegram, Values], Any]] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendchataction": send_chat_action,
    "getfile": get_file,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmyname": accept,
    "setmydescription": accept,
    "setmyshortdescription": accept,
    "setchatmenubutton": accept,
}
