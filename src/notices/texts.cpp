#include "notices/texts.h"

#include "clocks/london.h"
#include "notices/rows.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::notices {

using accounts::Texted;
using storage::id_at;
using storage::maybe_time_at;
using storage::time_at;
using storage::to_value;
using storage::Transaction;

namespace {

constexpr std::string_view words_list = "notices.texts";
constexpr std::string_view kinds_of_words[] = {"acknowledge", "acknowledge_late", "passed_on", "breach"};
constexpr std::string_view place_of_time = "{time}";
constexpr std::string_view longest_time = "01:30 BST (before clocks go back)";

constexpr std::string_view text_columns = "id, at, agency, holder, is_team, team, kind, code, case_id, notice, by_at, "
                                          "state, next_at, attempts, ended_at";
/// After the try of that number.
constexpr seconds text_pauses[] = {seconds{10}, seconds{30}, minutes{1}, minutes{2},
                                   minutes{5},  minutes{15}, minutes{30}};
static_assert(std::size(text_pauses) + 1 == most_text_attempts);
/// A try that was begun and never ended, since the service was stopped in it, is over after so long.
constexpr seconds longest_text_try{30};
constexpr minutes texts_folded_within{10};

std::string with_time(std::string_view words, std::string_view time)
{
    std::string whole(words);
    if (const auto at = whole.find(place_of_time); at != std::string::npos)
        whole.replace(at, place_of_time.size(), time);
    return whole;
}

TextMessage read_text(const storage::Row& row)
{
    const bool is_team = row.integer(4) == 1;
    return {.id = row.bytes(0),
            .at = time_at(row, 1),
            .agency = id_at<AgencyId>(row, 2),
            .to = {.worker = is_team ? WorkerId{} : id_at<WorkerId>(row, 3), .team = id_at<TeamId>(row, 5)},
            .kind = row.text(6),
            .code = row.text(7),
            .case_id = id_at<CaseId>(row, 8),
            .notice = row.bytes(9),
            .by = maybe_time_at(row, 10),
            .state = row.text(11),
            .next_at = time_at(row, 12),
            .attempts = row.integer(13),
            .ended_at = maybe_time_at(row, 14)};
}

std::vector<TextMessage> read_texts(const storage::Rows& rows)
{
    std::vector<TextMessage> texts;
    for (const auto& row : rows) texts.push_back(read_text(row));
    return texts;
}

storage::Value holder_of(const Texted& to)
{
    return to.worker.is_none() ? to_value(to.team) : to_value(to.worker);
}

/// How a notice is told by text.
struct TextWay {
    std::string kind;
    std::optional<UtcTime> by = {};
};

std::optional<TextWay> way_of_text(Transaction& transaction, const Notice& notice, bool is_passed_on, UtcTime now)
{
    const auto rows = transaction.query(
        "select kind, within_seconds from text_events where event = $1 and from_at <= $2 and until_at > $2 and "
        "(role = $3 or role = '' or $4 = 1) limit 1",
        {event_of(notice.code), to_value(now), std::string(accounts::code_of(notice.role)),
         std::int64_t{is_passed_on ? 1 : 0}});
    if (rows.empty()) return std::nullopt;
    if (is_passed_on) return TextWay{.kind = "passed_on"};
    const seconds within{rows.front().integer(1)};
    TextWay way{.kind = rows.front().text(0)};
    if (within.count() > 0) way.by = now + within;
    return way;
}

/// A text that nobody tried to send yet takes in the next of the same event and case: whoever signs in reads what
/// stands then. From now on it is about the newer notice, and keeps the earlier time. Once a try has begun, they may
/// have read already, and are told again; so they are where the earlier notice asks nobody any more.
bool folds_into_a_text_that_waits(Transaction& transaction, const storage::Value& holder, const Notice& notice,
                                  std::string_view kind, CaseId id, const Bytes& noted, UtcTime now)
{
    return transaction.change(
               "update text_messages set notice = $6 where case_id = $1 and state = 'waits' and holder = $2 and code = "
               "$3 and kind = $4 and first_tried_at is null and at > $5 and not exists (select 1 from notices n where "
               "n.id = text_messages.notice and (n.acknowledged_at is not null or n.seen_at is not null))",
               {to_value(id), holder, notice.code, std::string(kind), to_value(now - texts_folded_within), noted}) > 0;
}

} // namespace

bool fits_one_text(std::string_view words)
{
    constexpr std::size_t most = 160;
    // ASCII without what GSM 03.38 lacks, or writes in two places.
    const auto is_shown = [](char c) {
        return ' ' <= c && c <= '~' && std::string_view("`[]{}\\^|~").find(c) == std::string_view::npos;
    };
    return words.size() <= most && std::ranges::all_of(words, is_shown);
}

Result<> check_texts(const lists::DatedLists& lists)
{
    const auto found = lists.codes.find(words_list);
    CHECK(found != lists.codes.end(), "the words of text messages were not loaded");
    Problems problems;
    for (const auto& row : found->second)
        if (!fits_one_text(with_time(row.label, longest_time)))
            problems.push_back(
                {ProblemKind::malformed,
                 fmt::format("notices/texts.csv, {}: A text is at most 160 plain letters, and only {{time}} is put in",
                             row.code)});
    for (const auto kind : kinds_of_words)
        if (std::ranges::find(found->second, kind, &lists::Code::code) == found->second.end())
            problems.push_back({ProblemKind::missing, fmt::format("notices/texts.csv: {} has no words", kind)});
    return refuse_if_any(std::move(problems));
}

void keep_text_events(storage::Database& database, const lists::DatedLists& lists, bool is_set_up, UtcTime now)
{
    database.write([&](Transaction& transaction) {
        transaction.execute("delete from text_events", {});
        if (!is_set_up)
            transaction.execute("update text_messages set state = 'withdrawn', ended_at = $1 where state = 'waits'",
                                {to_value(now)});
        for (const auto& row : all_audiences(lists)) {
            if (!row.by_text || !is_set_up) continue;
            const std::string kind = row.acknowledge_within.count() > 0 ? "acknowledge" : "breach";
            const auto [from, until] = in_force(row);
            const auto add = [&](std::string_view role) {
                transaction.execute("insert into text_events (event, role, kind, from_at, until_at, within_seconds) "
                                    "values ($1, $2, $3, $4, $5, $6)",
                                    {row.event, std::string(role), kind, to_value(from), to_value(until),
                                     std::int64_t{seconds{row.acknowledge_within}.count()}});
            };
            if (row.roles.empty()) add("");
            for (const auto role : row.roles) add(accounts::code_of(role));
        }
    });
}

bool are_texts_set_up(Transaction& transaction)
{
    return !transaction.query("select 1 from text_events limit 1").empty();
}

void note_for_texts(Transaction& transaction, const Addressee& to, CaseId id, const Notice& notice, const Way& way,
                    const Bytes& noted, UtcTime now)
{
    const bool is_passed_on = !way.passed_from.empty();
    const auto told = way_of_text(transaction, notice, is_passed_on, now);
    if (!told) return;
    // Whoever would not find it on their page is not woken for it.
    const bool is_for_any = is_passed_on || to.team.is_none() || is_for_all_teams(notice.role);
    for (const auto& one : accounts::texted(transaction, to.agency, to.team, notice.role,
                                            is_for_any ? accounts::Teams::any : accounts::Teams::this_one, now)) {
        const auto holder = holder_of(one);
        if (folds_into_a_text_that_waits(transaction, holder, notice, told->kind, id, noted, now)) continue;
        transaction.execute(
            "insert into text_messages (id, at, agency, holder, is_team, team, kind, code, case_id, notice, by_at, "
            "state, next_at, attempts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waits', $2, 0)",
            {random_bytes(16), to_value(now), to_value(to.agency), holder, std::int64_t{one.worker.is_none() ? 1 : 0},
             to_value(one.team), told->kind, notice.code, to_value(id), noted, to_value(told->by)});
    }
}

void withdraw_texts(Transaction& transaction, CaseId id, AgencyId agency, UtcTime now)
{
    transaction.execute(
        "update text_messages set state = 'withdrawn', ended_at = $3 where case_id = $1 and agency = $2 "
        "and state in ('waits', 'dead')",
        {to_value(id), to_value(agency), to_value(now)});
}

std::string TextMessage::reference() const
{
    return "txt_" + to_hex(id);
}

std::string text_words(const lists::DatedLists& lists, const TextMessage& text, UtcTime now)
{
    const bool is_late = text.by && *text.by < now;
    const auto kind = is_late ? text.kind + "_late" : text.kind;
    const auto time = text.by ? clocks::wall_time_told_apart(*text.by) : std::string{};
    for (const auto* row : lists.codes_on(words_list, clocks::london_day(now)))
        if (row->code == kind) return with_time(row->label, time);
    return with_time(lists.label_of(words_list, kind), time);
}

std::vector<TextMessage> texts_to_try(Transaction& transaction, UtcTime now, std::size_t most)
{
    return read_texts(transaction.query(
        fmt::format("select {} from text_messages where state = 'waits' and next_at <= $1 order by next_at, at, id "
                    "limit $2",
                    text_columns),
        {to_value(now), static_cast<std::int64_t>(most)}));
}

bool is_still_needed(Transaction& transaction, const TextMessage& text)
{
    return transaction
        .query("select 1 from notices where id = $1 and (acknowledged_at is not null or seen_at is not null)",
               {text.notice})
        .empty();
}

void withdraw_text(Transaction& transaction, const TextMessage& text, UtcTime now)
{
    transaction.execute("update text_messages set state = 'withdrawn', ended_at = $2 where id = $1 and state in "
                        "('waits', 'dead')",
                        {text.id, to_value(now)});
}

std::string number_for(Transaction& transaction, const TextMessage& text)
{
    auto number = text.to.worker.is_none() ? std::string{} : accounts::text_number_of(transaction, text.to.worker);
    return number.empty() ? accounts::text_number_of(transaction, text.to.team) : number;
}

bool begin_try(Transaction& transaction, const TextMessage& text, UtcTime now)
{
    return transaction.change("update text_messages set attempts = attempts + 1, next_at = $2, first_tried_at = "
                              "coalesce(first_tried_at, $3) where id = $1 and state = 'waits'",
                              {text.id, to_value(now + longest_text_try), to_value(now)}) > 0;
}

void note_try(Transaction& transaction, const TextMessage& text, const TextTry& made, UtcTime now)
{
    const auto number =
        transaction.query("select count(*) from text_tries where message = $1", {text.id}).front().integer(0) + 1;
    transaction.execute("insert into text_tries (message, number, at, status, milliseconds, problem, gateway_id) "
                        "values ($1, $2, $3, $4, $5, $6, $7)",
                        {text.id, number, to_value(made.made.at), made.made.status,
                         std::int64_t{made.made.took.count()}, made.made.problem, made.gateway_id});
    const auto rows =
        transaction.query("select attempts from text_messages where id = $1 and state = 'waits'", {text.id});
    if (rows.empty()) return; // withdrawn meanwhile
    const auto attempts = std::max<std::int64_t>(rows.front().integer(0), 1);
    if (made.made.is_proof() || attempts >= most_text_attempts)
        transaction.execute("update text_messages set state = $2, ended_at = $3 where id = $1",
                            {text.id, std::string(made.made.is_proof() ? "delivered" : "dead"), to_value(now)});
    else
        transaction.execute("update text_messages set next_at = $2 where id = $1",
                            {text.id, to_value(now + text_pauses[static_cast<std::size_t>(attempts) - 1])});
}

std::vector<TextMessage> texts_of(Transaction& transaction, AgencyId agency, std::size_t most)
{
    return read_texts(transaction.query(
        fmt::format("select {} from text_messages where agency = $1 or $2 = 1 order by case when state = 'dead' then 0 "
                    "else 1 end, at desc, id limit $3",
                    text_columns),
        {to_value(agency), std::int64_t{agency.is_none() ? 1 : 0}, static_cast<std::int64_t>(most)}));
}

std::vector<TextTry> tries_of(Transaction& transaction, const TextMessage& text)
{
    std::vector<TextTry> tries;
    for (const auto& row : transaction.query("select number, at, status, milliseconds, problem, gateway_id from "
                                             "text_tries where message = $1 order by number",
                                             {text.id}))
        tries.push_back({.made = {.number = row.integer(0),
                                  .at = time_at(row, 1),
                                  .status = row.integer(2),
                                  .took = std::chrono::milliseconds{row.integer(3)},
                                  .problem = row.text(4)},
                         .gateway_id = row.text(5)});
    return tries;
}

std::int64_t count_texts_given_up(Transaction& transaction, AgencyId agency)
{
    return transaction
        .query("select count(*) from text_messages where state = 'dead' and (agency = $1 or $2 = 1)",
               {to_value(agency), std::int64_t{agency.is_none() ? 1 : 0}})
        .front()
        .integer(0);
}

Result<> send_text_again(Transaction& transaction, AgencyId agency, const Bytes& id, UtcTime now)
{
    const auto changed = transaction.change(
        "update text_messages set state = 'waits', attempts = 0, next_at = $2, ended_at = null where id = $1 and "
        "state = 'dead' and (agency = $3 or $4 = 1)",
        {id, to_value(now), to_value(agency), std::int64_t{agency.is_none() ? 1 : 0}});
    if (changed > 0) return {};
    return refuse(ProblemKind::out_of_order, "Only a text that was given up is sent again");
}

} // namespace reachable::notices
