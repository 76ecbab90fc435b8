// What the `type` of a refusal of the API means, in plain words: one page for each kind, open to anybody.
#include "api/problem.h"
#include "app/service.h"
#include "capabilities/custody/page_parts.h"
#include "web/prose.h"

#include <algorithm>

namespace reachable::app {
namespace {

struct ProblemWords {
    std::string_view kind;
    std::string_view meaning;
    std::string_view what_to_do;
};

// clang-format off
constexpr ProblemWords all_words[] = {
    {"withheld",     "The rules of this service do not let you see or do this, for the purpose you gave.",
                     "Check the purpose you sent. If you need this to keep a child safe, ask your supervisor; the rules are on the page about who can see what."},
    {"not_found",    "There is no such record, or it is not open to you. The two are answered alike, so that nobody learns from the answer what exists.",
                     "Check the address and the reference. If you need the record to keep a child safe, ask your supervisor."},
    {"unavailable",  "A part that this service needs does not answer. Nothing was changed.",
                     "Wait for as long as Retry-After says, or a minute, and send the same request again with the same Idempotency-Key."},
    {"too_many",     "This was asked for too often in a short time. Nothing was changed.",
                     "Wait a minute, then send it again more slowly."},
    {"too_large",    "Something is larger than this service takes. Nothing was changed.",
                     "Send less at once. The limits stand in the description of the API."},
    {"conflict",     "Somebody changed the record after you read it, or the same Idempotency-Key was used for something else. Nothing was changed.",
                     "Read the record again, see what is new, and send your change with the version you now have. Use a new key for a new request."},
    {"out_of_order", "This cannot be done in the state the record is in now. Nothing was changed.",
                     "Read the record: it says which state it is in and what may be done next."},
    {"malformed",    "Something you sent cannot be read. Nothing was changed.",
                     "Each problem in the answer names its field and says what to enter. Mend them all and send it again."},
    {"missing",      "Something that is needed was not sent. Nothing was changed.",
                     "Each problem in the answer names its field and says what to enter. Add them all and send it again."},
    {"failure",      "Something broke on our side.",
                     "Send the same request again with the same Idempotency-Key: what was done already is not done twice. If it happens again, tell the people who run this service the number of the request."},
    {"sign_in",      "You are not signed in, or the token you sent is not good or was ended.",
                     "Sign in again, or ask the people who run this service for a new token."},
};
// clang-format on

web::Page page_of(const api::DocumentKind& kind, const ProblemWords& words)
{
    web::Page page{.title = kind.title};
    page.main << web::heading(kind.title) << web::paragraph(words.meaning);
    page.main << web::heading("What to do", 2) << web::paragraph(words.what_to_do);
    return page;
}

} // namespace

void add_problem_pages(web::Router& router, const Service& service)
{
    for (const auto& kind : api::document_kinds()) {
        const auto* const words = std::find_if(std::begin(all_words), std::end(all_words),
                                               [&](const ProblemWords& one) { return one.kind == kind.name; });
        CHECK(words != std::end(all_words), "a kind of refusal has no page that explains it");
        router.get("/problems/" + std::string(kind.name), [&service, kind, words](const web::Request& request) {
            auto page = page_of(kind, *words);
            page.is_plain = true;
            return service.site().show(std::move(page), {request, {}, service.time().now()});
        });
    }
}

} // namespace reachable::app
