// Writes the head of a response, and makes the few responses the server gives by itself.
#pragma once

#include "web/gate.h"

#include <ctime>

namespace reachable::web {

/// What the server itself answers: a plain sentence that is kept nowhere.
Response plain_answer(int status, std::string_view sentence);
/// The answer when a handler failed. Says nothing of why.
Response failure_answer();
/// The answer when too many requests wait already.
Response busy_answer();

/// False when a response cannot be written: a status that is not final, or a header that would break out of its line.
bool is_sendable(const Response& response);

/// How the request that is answered bears on the head.
struct AnswerTo {
    bool keeps_alive = true;
    std::string_view date_line = {}; // "Date: …\r\n"
};

/// Appends status line, headers and the empty line. Length, date and connection are the server's to state: headers of
/// those names in `response` are left out.
void write_head(std::string& out, const Response& response, const AnswerTo& answer);

/// Whether a body follows the head: never after HEAD, 204 or 304.
bool carries_a_body(const Response& response, Method method);

/// "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
std::string date_line(std::time_t now);

} // namespace reachable::web
