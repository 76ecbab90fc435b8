// Twin worlds for the proof that what somebody may not see does not exist for them: the demonstration with more staff,
// sessions of everybody for every purpose stored in it, and copies of it.
#pragma once

#include "accounts/one_time_link.h"
#include "app/demo.h"
#include "app/demo_random.h"
#include "app/service.h"
#include "app/session_cookies.h"
#include "storage/testing.h"

#include <filesystem>

namespace reachable::app::testing {

/// Somebody who asks: with a session behind a cookie, with the one-time link of a desk and the session that it opened,
/// with a token (a system of a force), or with nothing (anybody).
struct Reader {
    std::string who;
    accounts::Session session;
    std::string cookie;
    std::string token;
    std::string link;
};

struct NamedChild {
    ChildId id;
    std::string name;
};

/// A service on a database and in a folder of its own.
struct OneWorld {
    std::unique_ptr<storage::testing::TestDatabase> database; // closed after the service
    std::filesystem::path folder;
    std::unique_ptr<Service> service;
};

/// The world that twins are copied from. Its service is closed: a database is copied while nobody writes to it.
struct BaseWorld {
    OneWorld at;
    std::vector<accounts::Session> staff; // each in their own post, without a purpose
    std::vector<Reader> readers;          // all staff under each of their purposes, the system likewise, and anybody
    std::vector<Reader> busy_readers;     // those to whom a case is shown, or who may search
    std::vector<NamedChild> children;
    std::vector<NamedChild> detained; // those of them with an open case
    std::vector<CaseId> cases;
    UtcTime now{}; // when the twins begin
};

/// People whom the demonstration has not, but whose acts and looks sharing is about.
struct OneMore {
    const char* name;
    const char* team;
    accounts::Role role;
};
using enum accounts::Role;
inline constexpr OneMore more_staff[] = {
    {"ring@more.example", "Northmere missing-person unit", CALL},
    {"reed@more.example", "Northmere Castle Street", SUPV},
    {"finch@more.example", "Northmere Castle Street", OIC},
    {"balm@more.example", "Northmere Castle Street", HLTH},
    {"lock@more.example", "Eastvale missing-person unit", IGOV},
    {"tarn@more.example", "Tarn Junction", CUST},
    {"keep@more.example", "Tarnside missing-person unit", PSTD},
    {"fern@more.example", "Westmoor children's social care", YJS},
    {"quay@more.example", "Harbourne children's social care", SW},
    {"mole@more.example", "Harbourne children's social care", IGOV},
    {"salt@more.example", "Saltby emergency duty team", LADM},
    {"cwm@more.example", "Cwm Arian emergency duty team", EDT},
};

inline Settings settings_for(const OneWorld& world)
{
    auto settings = default_settings();
    settings.database = world.database->settings().url;
    settings.assets_folder = "build/assets";
    settings.signing_key_file = world.folder / "signing.key";
    settings.checkpoint_file = world.folder / "checkpoints.txt";
    settings.mail_folder = world.folder / "mail";
    settings.is_demo = true; // a clock that both twins read alike
    return settings;
}

inline void open_service(OneWorld& world)
{
    auto service = Service::open(settings_for(world));
    CHECK(service.has_value(), "the service of a test does not open: " + sentences(service.error()));
    world.service = std::move(*service);
}

inline void add_more_staff(storage::Transaction& transaction, UtcTime now)
{
    std::map<std::string, accounts::Team> teams;
    for (const auto& agency : accounts::list_agencies(transaction))
        for (auto& team : accounts::list_teams(transaction, agency.id)) teams[team.name] = team;
    for (const auto& one : more_staff) {
        const auto& team = teams.at(one.team);
        const accounts::Worker worker{
            .id = WorkerId::random(), .agency = team.agency, .sign_in_name = one.name, .name = one.name};
        accounts::add_worker(transaction, worker);
        accounts::add_post(transaction, {.worker = worker.id, .team = team.id, .role = one.role});
        accounts::add_duty(
            transaction,
            {.worker = worker.id, .team = team.id, .role = one.role, .from = now - hours{24}, .to = now + hours{24}});
    }
}

inline accounts::Session in_their_post(storage::Transaction& transaction, const std::string& sign_in_name)
{
    const auto worker = *accounts::find_worker_by_name(transaction, sign_in_name);
    const auto post = accounts::posts_of(transaction, worker.id).front();
    accounts::Session session;
    session.worker = worker.id;
    session.agency = worker.agency;
    session.agency_kind = accounts::find_agency(transaction, worker.agency)->kind;
    session.team = post.team;
    session.role = post.role;
    return session;
}

/// A stored session under each purpose that the policy offers this role.
inline void add_readers(BaseWorld& base, storage::Transaction& transaction, const std::string& name)
{
    auto session = in_their_post(transaction, name);
    base.staff.push_back(session);
    for (const auto& purpose : base.at.service->desk().policy.purposes_of(session.role)) {
        session.purpose = purpose.code;
        auto opened = accounts::open_session(transaction, session, base.now);
        base.readers.push_back({.who = fmt::format("{} for {}", name, purpose.code),
                                .session = std::move(opened.session),
                                .cookie = opened.cookie.reveal()});
    }
}

inline void add_machine_readers(BaseWorld& base, std::string_view system, const std::string& token)
{
    auto session = *accounts::find_machine(base.at.service->desk().database, token, sign_in_time());
    for (const auto& purpose : base.at.service->desk().policy.purposes_of(session.role)) {
        session.purpose = purpose.code;
        base.readers.push_back(
            {.who = fmt::format("{} for {}", system, purpose.code), .session = session, .token = token});
    }
}

inline std::vector<NamedChild> children_in(storage::Transaction& transaction, std::string_view which)
{
    std::vector<NamedChild> children;
    for (const auto& row : transaction.query(fmt::format("select id from records where {} order by id", which))) {
        const auto id = storage::id_at<ChildId>(row, 0);
        children.push_back({id, records::find_child(transaction, id)->child.names.front().as_given});
    }
    return children;
}

/// `folder` is made, and is the caller's to remove.
inline BaseWorld make_base_world(const std::string& engine, const std::filesystem::path& folder, std::uint64_t seed)
{
    BaseWorld base;
    std::filesystem::create_directories(folder);
    base.at.database = storage::testing::make_database(engine);
    base.at.folder = folder;
    open_service(base.at);
    const auto& service = *base.at.service;
    const auto began = service.time().now();
    base.now = began + minutes{30};
    const auto world =
        make_demo_world(service.desk(), service.secret_keys(),
                        {.seed = seed, .children = 40, .now = began, .data_folder = service.settings().data_folder});
    CHECK(world.has_value(), "the demonstration is not made: " + sentences(world.error()));
    service.desk().database.write([&](storage::Transaction& transaction) {
        base.staff.clear();
        base.readers = {{.who = "anybody"}};
        add_more_staff(transaction, began);
        for (const auto& one : world->sign_ins) add_readers(base, transaction, one.sign_in_name);
        for (const auto& one : more_staff) add_readers(base, transaction, one.name);
    });
    add_machine_readers(base, "custody system", world->machine_token);
    add_machine_readers(base, "records system", world->feed_token);
    service.desk().database.read([&](storage::Transaction& transaction) {
        base.children = children_in(transaction, "kind = 'child'");
        base.detained =
            children_in(transaction, "kind = 'child' and id in (select child from cases where is_open = 1)");
    });
    return base;
}

inline void note_cases(BaseWorld& base)
{
    base.at.service->desk().database.read([&](storage::Transaction& transaction) {
        base.cases.clear();
        for (const auto& row : transaction.query("select id from cases order by id"))
            base.cases.push_back(storage::id_at<CaseId>(row, 0));
    });
}

/// Duty desks that came in by a link, each to one request.
inline void add_link_readers(BaseWorld& base)
{
    constexpr std::size_t most = 4;
    const auto opened_at = base.now - minutes{2};
    base.at.service->desk().database.write([&](storage::Transaction& transaction) {
        std::vector<Reader> added;
        for (const auto id : base.cases) {
            const auto head = casework::load_head(transaction, id);
            if (head.type != "custody" || head.heading.partner_team.is_none() || added.size() == most) continue;
            const auto link =
                accounts::make_link(
                    transaction, {.only_case = id, .agency = head.heading.partner, .desk = head.heading.partner_team},
                    opened_at)
                    .reveal();
            const auto code = accounts::press_link(transaction, link, opened_at);
            auto opened = accounts::enter_with_code(transaction, link, code->reveal(), opened_at);
            CHECK(opened.has_value(), "the link of a desk does not open");
            added.push_back({.who = "desk by a link",
                             .session = std::move(opened->session),
                             .cookie = opened->cookie.reveal(),
                             .token = {},
                             .link = link});
        }
        base.readers.insert(base.readers.end(), added.begin(), added.end());
    });
}

/// A copy, open, with its clock at the time when the twins begin.
inline OneWorld copy_world(const BaseWorld& base, const std::filesystem::path& folder)
{
    OneWorld twin;
    std::filesystem::copy(base.at.folder, folder, std::filesystem::copy_options::recursive);
    twin.folder = folder;
    twin.database = base.at.database->copy();
    open_service(twin);
    CHECK(twin.service->simulated_time()->set(base.now).has_value(), "the clock of a twin stands later already");
    return twin;
}

} // namespace reachable::app::testing
