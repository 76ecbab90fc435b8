// The lists that an administrator reads before entering or ending something.
#include "app/setting_up_parts.h"

#include "accounts/enrolment.h"
#include "accounts/sessions.h"
#include "accounts/text_numbers.h"
#include "clocks/london.h"
#include "notices/texts.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using storage::Transaction;

Said listed(const Administration& here, std::string_view none,
            const std::function<void(Transaction&, std::string&)>& fill)
{
    std::string lines;
    here.desk.database.read([&](Transaction& transaction) {
        lines.clear();
        fill(transaction, lines);
    });
    return lines.empty() ? std::string(none) + "\n" : lines;
}

std::string posts_in_words(Transaction& transaction, WorkerId worker)
{
    std::vector<std::string> words;
    for (const auto& post : accounts::posts_of(transaction, worker)) {
        const auto team = accounts::find_team(transaction, post.team);
        words.push_back(fmt::format("{} at {}", accounts::code_of(post.role), team ? team->name : std::string("?")));
    }
    return words.empty() ? std::string("no post") : join(words, ", ");
}

std::string standing_of(Transaction& transaction, const accounts::Worker& worker)
{
    if (!worker.is_open) return "ended";
    if (accounts::is_machine(transaction, worker.id)) return "system";
    return "open";
}

std::vector<accounts::Worker> all_workers(Transaction& transaction)
{
    std::vector<accounts::Worker> workers;
    for (const auto& row : transaction.query("select id from accounts_workers order by sign_in_name"))
        if (auto worker = accounts::find_worker(transaction, storage::id_at<WorkerId>(row, 0)))
            workers.push_back(std::move(*worker));
    return workers;
}

} // namespace

Said list_agencies(const Administration& here)
{
    return listed(here, "No agency is entered yet: reachable load-reference", [](auto& transaction, auto& lines) {
        for (const auto& agency : accounts::list_agencies(transaction))
            lines += fmt::format("{:<10} {:<16} {}\n", agency.code, accounts::code_of(agency.kind), agency.name);
    });
}

Said list_teams(const Administration& here)
{
    return listed(here, "No team is entered yet: reachable team add", [](auto& transaction, auto& lines) {
        for (const auto& agency : accounts::list_agencies(transaction))
            for (const auto& team : accounts::list_teams(transaction, agency.id))
                lines += fmt::format(
                    "{:<10} {:<14} {}  links: {}  codes: {}  phone: {}  area: {}\n", agency.code, team.kind, team.name,
                    team.desk_mail.empty() ? "-" : team.desk_mail, team.code_mail.empty() ? "-" : team.code_mail,
                    team.phone.empty() ? "-" : team.phone, team.area_code.empty() ? "-" : team.area_code);
    });
}

Said list_workers(const Administration& here)
{
    return listed(here, "Nobody is entered yet: reachable worker add", [](auto& transaction, auto& lines) {
        for (const auto& worker : all_workers(transaction))
            lines += fmt::format("{}  {}  {}  {}\n", worker.sign_in_name, worker.name, standing_of(transaction, worker),
                                 posts_in_words(transaction, worker.id));
    });
}

Said list_rota(const Administration& here)
{
    return listed(here, "Nobody is on duty from now on: reachable rota add", [&](auto& transaction, auto& lines) {
        for (const auto& row :
             transaction.query("select worker, team, role, from_at, to_at from accounts_duties where to_at > $1"
                               " order by from_at, worker",
                               {storage::to_value(here.now)})) {
            const auto worker = accounts::find_worker(transaction, storage::id_at<WorkerId>(row, 0));
            const auto team = accounts::find_team(transaction, storage::id_at<TeamId>(row, 1));
            lines +=
                fmt::format("{} to {}  {} at {}  {}\n", clocks::wall_date_time(storage::time_at(row, 3)),
                            clocks::wall_date_time(storage::time_at(row, 4)), row.text(2),
                            team ? team->name : std::string("?"), worker ? worker->sign_in_name : std::string("?"));
        }
        if (!lines.empty() && !notices::are_texts_set_up(transaction)) lines += fmt::format("{}\n", notices::no_texts);
    });
}

Said list_text_numbers(const Administration& here)
{
    return listed(here, "No team is entered yet: reachable team add", [&](auto& transaction, auto& lines) {
        const auto add = [&](const accounts::Agency& agency, const std::string& whose, const std::string& number) {
            lines += fmt::format("{:<10} {:<16} {}\n", agency.code, number.empty() ? "-" : number, whose);
        };
        for (const auto& agency : accounts::list_agencies(transaction)) {
            for (const auto& team : accounts::list_teams(transaction, agency.id))
                add(agency, team.name, accounts::text_number_of(transaction, team.id));
            for (const auto& one : accounts::people_to_text(transaction, agency.id, here.now))
                add(agency, one.worker.sign_in_name, one.number);
        }
        if (!lines.empty() && !notices::are_texts_set_up(transaction)) lines += fmt::format("{}\n", notices::no_texts);
    });
}

Said list_tokens(const Administration& here)
{
    return listed(here, "No system has a token: reachable token add", [](auto& transaction, auto& lines) {
        for (const auto& worker : all_workers(transaction))
            if (accounts::is_machine(transaction, worker.id))
                lines += fmt::format("{}  {}  {}  {}\n", worker.sign_in_name, worker.name,
                                     worker.is_open ? "account open" : "account ended",
                                     posts_in_words(transaction, worker.id));
    });
}

} // namespace reachable::app
