#include "audit/sentences.h"

#include <gtest/gtest.h>

namespace reachable::audit {
namespace {

Entry entry_by_a_worker(Operation operation, std::string action)
{
    Entry entry{.at = parse_utc("2026-10-24T23:40:00Z").value(), .operation = operation, .action = std::move(action)};
    entry.worker.bytes[0] = 1;
    return entry;
}

const Names sergeant{.role = "custody sergeant",
                     .agency = "Northmere Police",
                     .purpose = "Keep a child safe in custody",
                     .when = "25 October 2026 at 00:40 BST"};

TEST(Sentences, say_who_read_what_when_and_why)
{
    EXPECT_EQ(
        sentence(entry_by_a_worker(Operation::look, "look:custody.brief"), sergeant),
        "A custody sergeant of Northmere Police read the custody brief on 25 October 2026 at 00:40 BST, to keep a "
        "child safe in custody.");
}

TEST(Sentences, say_that_part_was_hidden)
{
    auto entry = entry_by_a_worker(Operation::look, "look:custody.brief");
    entry.categories = 7;
    entry.view = 3;
    EXPECT_EQ(sentence(entry, {.role = "inspector", .when = "25 October 2026 at 00:40 BST"}),
              "An inspector read the custody brief on 25 October 2026 at 00:40 BST. Part of it was hidden.");
}

TEST(Sentences, read_acceptably_for_an_action_nobody_gave_words_for)
{
    EXPECT_EQ(sentence(entry_by_a_worker(Operation::act, "custody.book_in"), {.role = "custody sergeant"}),
              "A custody sergeant did custody.book_in on 2026-10-24 at 23:40 UTC.");
    EXPECT_EQ(sentence(entry_by_a_worker(Operation::act, ""), {}),
              "Somebody did something on 2026-10-24 at 23:40 UTC.");
}

struct Row {
    std::string_view why;
    Operation operation;
    std::string action;
    bool has_worker;
    Names names;
    std::string_view expected;
};

TEST(Sentences, fit_every_operation)
{
    const Row rows[] = {
        {"words given by the caller",
         Operation::act,
         "custody.book_in",
         true,
         {.role = "custody sergeant", .action = "booked a child into custody", .when = "noon"},
         "A custody sergeant booked a child into custody on noon."},
        {"a refused look",
         Operation::refusal,
         "look:custody.brief",
         true,
         {.role = "detention officer", .when = "noon"},
         "A detention officer asked for the custody brief and was refused on noon."},
        {"a refused act",
         Operation::refusal,
         "custody.answer",
         true,
         {.when = "noon"},
         "Somebody asked to do custody.answer and was refused on noon."},
        {"a button that was refused",
         Operation::refusal,
         "missing.return",
         true,
         {.role = "inspector", .button = "The child is back", .when = "noon"},
         "An inspector tried “The child is back” and was refused on noon."},
        {"signing in",
         Operation::sign_in,
         "sign_in",
         true,
         {.role = "referral lead", .when = "noon"},
         "A referral lead signed in on noon."},
        {"signing out", Operation::sign_out, "", true, {.when = "noon"}, "Somebody signed out on noon."},
        {"a stranger at the door",
         Operation::sign_in_refused,
         "",
         false,
         {.when = "noon"},
         "Somebody tried to sign in and was refused on noon."},
        {"the service tells a desk",
         Operation::notification,
         "custody.send_request",
         false,
         {.recipients = "the emergency duty team", .when = "noon"},
         "The service sent a notice to the emergency duty team on noon."},
        {"a clock ran out",
         Operation::clock,
         "custody.C01",
         false,
         {.when = "noon"},
         "The service noted the clock custody.C01 on noon."},
        {"for another agency",
         Operation::act,
         "custody.answer",
         true,
         {.role = "duty social worker",
          .agency = "Wexbridge Council",
          .on_behalf_of = "Northmere Council",
          .action = "answered",
          .when = "noon"},
         "A duty social worker of Wexbridge Council, on behalf of Northmere Council, answered on noon."},
        {"a disclosure",
         Operation::disclosure,
         "custody.brief",
         true,
         {.role = "inspector", .action = "gave the brief", .recipients = "the youth court", .when = "noon"},
         "An inspector gave the brief to the youth court on noon."},
    };
    for (const auto& row : rows) {
        auto entry = entry_by_a_worker(row.operation, row.action);
        if (!row.has_worker) entry.worker = {};
        EXPECT_EQ(sentence(entry, row.names), row.expected) << row.why;
    }
}

TEST(Sentences, tell_a_form_that_was_filled_in_wrongly_from_an_act_that_was_refused)
{
    auto entry = entry_by_a_worker(Operation::refusal, "missing.return");
    entry.outcome = "missing";
    const Names inspector{.role = "inspector", .button = "The child is back", .when = "noon"};
    EXPECT_EQ(sentence(entry, inspector),
              "An inspector filled in “The child is back” in a way that could not be saved on noon.");
    EXPECT_TRUE(is_wrongly_filled_in(entry));
    for (const auto* outcome : {"withheld", "not_found", "out_of_order", "conflict"}) {
        entry.outcome = outcome;
        EXPECT_FALSE(is_wrongly_filled_in(entry)) << outcome;
    }
}

} // namespace
} // namespace reachable::audit
