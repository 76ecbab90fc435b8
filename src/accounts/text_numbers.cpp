#include "accounts/text_numbers.h"

#include "accounts/columns.h"
#include "base/text.h"

#include <algorithm>

namespace reachable::accounts {

using storage::Transaction;
using storage::Value;

namespace {

void keep_number(Transaction& transaction, const Value& holder, const std::string& number)
{
    if (number.empty())
        transaction.execute("delete from accounts_text_numbers where holder = $1", {holder});
    else
        transaction.execute("insert into accounts_text_numbers (holder, number) values ($1, $2) "
                            "on conflict (holder) do update set number = excluded.number",
                            {holder, number});
}

std::string kept_number(Transaction& transaction, const Value& holder)
{
    const auto rows = transaction.query("select number from accounts_text_numbers where holder = $1", {holder});
    return rows.empty() ? std::string{} : rows.front().text(0);
}

bool is_left_out(char c)
{
    return c == ' ' || c == '-' || c == '(' || c == ')';
}

bool is_digit(char c)
{
    return '0' <= c && c <= '9';
}

} // namespace

// ITU-T E.164: the code of a country, which begins with no nought, and at most 15 digits in all. No country's numbers
// that take texts are shorter than 8.
Result<std::string> read_text_number(std::string_view typed)
{
    constexpr std::size_t fewest_digits = 8;
    constexpr std::size_t most_digits = 15;
    std::string number;
    for (const char c : trim(typed))
        if (!is_left_out(c)) number += c;
    const auto digits = std::string_view(number).substr(std::min<std::size_t>(number.size(), 1));
    const bool is_number = number.starts_with('+') && digits.size() >= fewest_digits && digits.size() <= most_digits &&
                           digits.front() != '0' && std::ranges::all_of(digits, is_digit);
    if (is_number) return number;
    return refuse(ProblemKind::malformed,
                  "Enter the number with + and the code of its country, such as +44 7700 900123", "text_number");
}

void set_text_number(Transaction& transaction, WorkerId worker, const std::string& number)
{
    keep_number(transaction, to_value(worker), number);
}

void set_text_number(Transaction& transaction, TeamId team, const std::string& number)
{
    keep_number(transaction, to_value(team), number);
}

std::string text_number_of(Transaction& transaction, WorkerId worker)
{
    return kept_number(transaction, to_value(worker));
}

std::string text_number_of(Transaction& transaction, TeamId team)
{
    return kept_number(transaction, to_value(team));
}

std::vector<Texted> texted(Transaction& transaction, AgencyId agency, TeamId told, Role role, Teams teams, UtcTime now)
{
    std::vector<Texted> all;
    const auto add = [&](const Texted& one) {
        const auto is_same = [&](const Texted& other) {
            return other.worker == one.worker && (!one.worker.is_none() || other.team == one.team);
        };
        if (std::ranges::none_of(all, is_same)) all.push_back(one);
    };
    for (const auto& row :
         transaction.query("select d.worker, d.team, own.number, desk.number from accounts_duties d"
                           " join accounts_teams t on t.id = d.team join accounts_workers w on w.id = d.worker"
                           " left join accounts_text_numbers own on own.holder = d.worker"
                           " left join accounts_text_numbers desk on desk.holder = d.team"
                           " where t.agency = $1 and d.role = $2 and d.from_at <= $3 and d.to_at > $3 and w.is_open = 1"
                           " and (d.team = $4 or $5 = 1) order by d.from_at, d.worker, d.team",
                           {to_value(agency), to_value(code_of(role)), to_value(now), to_value(told),
                            std::int64_t{teams == Teams::any ? 1 : 0}})) {
        const auto team = id_at<TeamId>(row, 1);
        if (!row.is_null(2))
            add({.worker = id_at<WorkerId>(row, 0), .team = team});
        else if (!row.is_null(3))
            add({.worker = {}, .team = team});
    }
    if (all.empty() && !text_number_of(transaction, told).empty()) add({.worker = {}, .team = told});
    return all;
}

std::vector<Numbered> people_to_text(Transaction& transaction, AgencyId agency, UtcTime now)
{
    std::vector<Numbered> people;
    for (const auto& row : transaction.query(
             "select w.id, w.sign_in_name, w.name, coalesce(n.number, '') from accounts_workers w"
             " left join accounts_text_numbers n on n.holder = w.id where w.agency = $1 and w.is_open = 1"
             " and (n.number is not null or w.id in (select worker from accounts_duties where to_at > $2))"
             " order by w.name, w.id",
             {to_value(agency), to_value(now)}))
        people.push_back({.worker = {.id = id_at<WorkerId>(row, 0),
                                     .agency = agency,
                                     .sign_in_name = row.text(1),
                                     .name = row.text(2)},
                          .number = row.text(3)});
    return people;
}

} // namespace reachable::accounts
