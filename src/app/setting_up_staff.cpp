// Staff: accounts, posts, the rota, and accounts of other systems.
#include "app/setting_up_parts.h"

#include "accounts/enrolment.h"
#include "accounts/sessions.h"
#include "base/csv.h"
#include "base/text.h"
#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::app {

using storage::Transaction;

namespace {

std::string link_words(const Administration& here, const accounts::Worker& worker, Transaction& transaction)
{
    const auto token = accounts::make_enrolment(transaction, worker.id, here.now);
    return fmt::format("Hand this link to {} and to nobody else. It works once, until {}:\n{}/enrol/{}\n", worker.name,
                       clocks::wall_date_time(here.now + accounts::enrolment_life), here.base_url, token.reveal());
}

/// A time on a London wall, or in UTC. An hour that comes twice in a night must be given in UTC.
Result<UtcTime> moment(const std::string& text)
{
    if (const auto utc = parse_utc(text)) return *utc;
    const auto space = text.find(' ');
    const auto day = parse_date(text.substr(0, space));
    if (space == std::string::npos || !day)
        return refuse(ProblemKind::malformed,
                      fmt::format("“{}” is no time: write 2026-11-24 22:00, or 2026-11-24T22:00:00Z for UTC", text));
    const auto wall = text.substr(space + 1);
    const auto earlier = TRY(clocks::from_wall(*day, wall));
    if (TRY(clocks::from_wall(*day, wall, true)) != earlier)
        return refuse(ProblemKind::malformed,
                      fmt::format("{} comes twice: the clocks go back that night. Write it in UTC", text));
    return earlier;
}

Result<accounts::Duty> duty_named(Transaction& transaction, const NewDuty& asked)
{
    const auto worker = TRY(worker_named(transaction, asked.post.sign_in_name));
    const auto post = TRY(post_named(transaction, worker, asked.post));
    if (!holds(transaction, post))
        return refuse(ProblemKind::out_of_order,
                      fmt::format("{} does not hold that post: add it first", worker.sign_in_name));
    const accounts::Duty duty{post.worker, post.team, post.role, TRY(moment(asked.from)), TRY(moment(asked.to))};
    if (duty.from >= duty.to) return refuse(ProblemKind::malformed, "A stretch of duty ends after it begins");
    return duty;
}

} // namespace

Said add_worker(const Administration& here, const NewWorker& asked)
{
    const auto id = WorkerId::random();
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto agency = TRY(agency_named(transaction, asked.agency));
        auto worker = TRY(new_worker(agency, asked));
        worker.id = id;
        if (const auto held = accounts::find_worker_by_name(transaction, worker.sign_in_name)) {
            if (held->agency != agency.id || held->name != worker.name || !held->is_open)
                return refuse(ProblemKind::conflict, fmt::format("The sign-in name {} is taken", worker.sign_in_name));
            return fmt::format("{} is there already. For a new link: worker enrol.\n", worker.sign_in_name);
        }
        std::optional<accounts::Post> post;
        if (!asked.post.team.empty() || !asked.post.role.empty())
            post = TRY(post_named(transaction, worker, asked.post));
        accounts::add_worker(transaction, worker);
        if (post) accounts::add_post(transaction, *post);
        record(transaction, here, "accounts.add_worker", agency.id, worker.id.text());
        return link_words(here, worker, transaction);
    });
}

Said enrol_again(const Administration& here, const std::string& sign_in_name)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto worker = TRY(worker_named(transaction, sign_in_name));
        if (accounts::is_machine(transaction, worker.id))
            return refuse(ProblemKind::out_of_order, "That account belongs to a system: it has tokens and no password");
        record(transaction, here, "accounts.enrol_again", worker.agency, worker.id.text());
        return "The old password and authenticator no longer work.\n" + link_words(here, worker, transaction);
    });
}

Said enable_worker(const Administration& here, const std::string& sign_in_name)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto worker = TRY(worker_named(transaction, sign_in_name));
        if (!accounts::enable_again(transaction, worker.id, here.now))
            return refuse(ProblemKind::out_of_order,
                          fmt::format("{} has not set up a password yet: use worker enrol", worker.sign_in_name));
        record(transaction, here, "accounts.enable_worker", worker.agency, worker.id.text());
        return fmt::format("{} may sign in again within thirty days.\n", worker.sign_in_name);
    });
}

Said end_worker(const Administration& here, const std::string& sign_in_name)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto held = accounts::find_worker_by_name(transaction, sign_in_name);
        if (held && !held->is_open) return fmt::format("{} was ended already.\n", held->sign_in_name);
        const auto worker = TRY(worker_named(transaction, sign_in_name));
        accounts::close_worker(transaction, worker.id, here.now);
        record(transaction, here, "accounts.end_worker", worker.agency, worker.id.text());
        return fmt::format("{} is ended, with every session and token.\n", worker.sign_in_name);
    });
}

Said add_post(const Administration& here, const PostNamed& asked)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto worker = TRY(worker_named(transaction, asked.sign_in_name));
        const auto post = TRY(post_named(transaction, worker, asked));
        if (holds(transaction, post)) return fmt::format("{} holds that post already.\n", worker.sign_in_name);
        accounts::add_post(transaction, post);
        record(transaction, here, "accounts.add_post", worker.agency, worker.id.text());
        return fmt::format("{} is {} at {}.\n", worker.sign_in_name, accounts::title_of(post.role), asked.team);
    });
}

Said end_post(const Administration& here, const PostNamed& asked)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto worker = TRY(worker_named(transaction, asked.sign_in_name));
        const auto post = TRY(post_named(transaction, worker, asked));
        if (!accounts::end_post(transaction, post, here.now))
            return fmt::format("{} does not hold that post.\n", worker.sign_in_name);
        record(transaction, here, "accounts.end_post", worker.agency, worker.id.text());
        return fmt::format("{} holds that post no longer.\n", worker.sign_in_name);
    });
}

Said add_duties(const Administration& here, std::span<const NewDuty> asked)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        std::vector<accounts::Duty> duties;
        Problems problems;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            auto duty = duty_named(transaction, asked[i]);
            if (duty)
                duties.push_back(*duty);
            else
                for (auto problem : duty.error()) {
                    if (asked.size() > 1) problem.sentence = fmt::format("Stretch {}: {}", i + 1, problem.sentence);
                    problems.push_back(std::move(problem));
                }
        }
        if (!problems.empty()) return refuse(std::move(problems));
        std::size_t added_count = 0;
        for (const auto& duty : duties) {
            if (accounts::has_duty(transaction, duty)) continue;
            accounts::add_duty(transaction, duty);
            ++added_count;
            const auto worker = accounts::find_worker(transaction, duty.worker);
            record(transaction, here, "accounts.add_duty", worker->agency, duty.worker.text());
        }
        return fmt::format("{} of {} stretches of duty were new.\n", added_count, duties.size());
    });
}

Result<std::vector<NewDuty>> read_rota(const std::filesystem::path& file)
{
    const auto table = TRY(read_csv_file(file));
    TRY(table.require({"sign_in_name", "team", "role", "from", "to"}));
    std::vector<NewDuty> duties;
    for (const auto& row : table.rows)
        duties.push_back({{table.cell(row, "sign_in_name"), table.cell(row, "team"), table.cell(row, "role")},
                          table.cell(row, "from"),
                          table.cell(row, "to")});
    return duties;
}

Said add_token(const Administration& here, const NewWorker& asked)
{
    const auto id = WorkerId::random();
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto agency = TRY(agency_named(transaction, asked.agency));
        auto system = TRY(new_worker(agency, asked));
        system.id = id;
        const auto held = accounts::find_worker_by_name(transaction, system.sign_in_name);
        if (held && (held->agency != agency.id || !held->is_open || accounts::is_person(transaction, held->id)))
            return refuse(
                ProblemKind::conflict,
                fmt::format("The sign-in name {} is a person's, another agency's or was ended", system.sign_in_name));
        if (held) system = *held;
        const auto post = TRY(post_named(transaction, system, asked.post));
        if (!held) accounts::add_worker(transaction, system);
        if (!holds(transaction, post)) accounts::add_post(transaction, post);
        const auto token = accounts::add_machine(transaction, post, here.now);
        record(transaction, here, "accounts.add_token", agency.id, system.id.text());
        return fmt::format("The token of {}, shown this once:\n{}\n", system.name, token.reveal());
    });
}

Said end_tokens(const Administration& here, const std::string& sign_in_name)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto system = TRY(worker_named(transaction, sign_in_name));
        if (!accounts::is_machine(transaction, system.id))
            return refuse(ProblemKind::not_found, fmt::format("{} has no token", system.sign_in_name));
        accounts::end_machines(transaction, system.id, here.now);
        record(transaction, here, "accounts.end_tokens", system.agency, system.id.text());
        return fmt::format("Every token of {} is ended.\n", system.sign_in_name);
    });
}

} // namespace reachable::app
