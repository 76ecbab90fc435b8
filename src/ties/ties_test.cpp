// What a decision is told of a child, read narrowly, beside everything that is on record of the child.
#include "ties/ties.h"

#include "storage/columns.h"
#include "storage/testing.h"
#include "ties/memory.h"

#include <gtest/gtest.h>
#include <random>

namespace reachable::ties {
namespace {

using accounts::Session;
using policy::Relationship;
using storage::Transaction;

constexpr UtcTime noon = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}} + 12h;

/// A link, to be compared.
using LinkParts = std::tuple<Relationship, UtcTime, std::optional<UtcTime>>;

std::vector<LinkParts> parts_of(std::span<const policy::Link> links)
{
    std::vector<LinkParts> parts;
    for (const auto& link : links) parts.emplace_back(link.relationship, link.since, link.ended_at);
    return parts;
}

/// What `connect` is to find, for one session and one case looked at.
struct Found {
    std::vector<LinkParts> links;
    bool is_sealed = false;
    bool is_opened_with_reason = false;
    std::optional<policy::BreakGlass> break_glass;
    bool operator==(const Found&) const = default;
};

class Ties : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        steps_.assign(accounts::migrations().begin(), accounts::migrations().end());
        steps_.insert(steps_.end(), migrations().begin(), migrations().end());
    }
    void add_people()
    {
        ASSERT_TRUE(storage::migrate(database(), steps_));
        database().write([&](Transaction& transaction) {
            const auto agency = AgencyId::random();
            accounts::add_agency(
                transaction, {.id = agency, .kind = accounts::AgencyKind::police_force, .code = "F", .name = "Force"});
            for (const auto team : teams_)
                accounts::add_team(transaction,
                                   {.id = team, .agency = agency, .name = team.text(), .kind = "custody-suite"});
            for (std::size_t i = 0; i < workers_.size(); ++i) {
                const auto id = workers_[i];
                accounts::add_worker(transaction,
                                     {.id = id, .agency = agency, .sign_in_name = id.text(), .name = "Somebody"});
                accounts::add_post(transaction, {.worker = id, .team = team_of(i), .role = accounts::Role::CUST});
            }
        });
    }

    storage::Database& database() { return holder_->get(); }
    std::size_t below(std::size_t end) { return random_() % end; }
    TeamId team_of(std::size_t worker) const { return teams_[worker % teams_.size()]; }

    Tie random_tie(ChildId child)
    {
        Tie tie{.kind = static_cast<Kind>(below(6)), .child = child, .proved_by = CaseId::random()};
        if (tie.kind != Kind::sealed) tie.worker = workers_[below(workers_.size())];
        if (tie.kind == Kind::reasoned) tie.about = cases_[below(cases_.size())];
        if (tie.kind == Kind::reasoned && below(4) == 0) tie.worker = {}; // by a one-time link
        tie.keeper_team = team_of(below(2));
        if (tie.kind == Kind::emergency) tie.purpose = below(3) == 0 ? "another" : "work";
        tie.characters = below(200);
        tie.since = noon + hours{static_cast<int>(below(7)) - 5};
        if (below(3) == 0) tie.ended_at = tie.since + hours{below(6)};
        return tie;
    }
    Session random_session()
    {
        const auto i = below(workers_.size() + 1);
        Session session;
        if (i < workers_.size())
            session.worker = workers_[i]; // else nobody: a look by the service itself, or by a link
        if (i == workers_.size() && below(2) == 0) session.only_case = cases_[below(cases_.size())];
        session.team = team_of(below(4) == 0 ? i + 1 : i);
        session.purpose = "work";
        return session;
    }

    static bool bars_family(const Tie& tie) { return tie.kind == Kind::family || tie.kind == Kind::joined_family; }
    bool is_family(const Tie& tie, const Session& session) const
    {
        const auto worker = std::ranges::find(workers_, tie.worker) - workers_.begin();
        return tie.worker == session.worker || team_of(static_cast<std::size_t>(worker)) == session.team;
    }
    /// Everything on record weighed tie by tie, as it was read.
    Found plainly(std::span<const Tie> all, const Session& session, const Looked& about) const
    {
        Found found;
        const auto own = [&](const Tie& tie) { return !session.worker.is_none() && tie.worker == session.worker; };
        const auto now = [](const Tie& tie) { return tie.since <= noon && (!tie.ended_at || *tie.ended_at > noon); };
        const bool has_opened = std::ranges::any_of(
            all, [&](const Tie& tie) { return tie.kind == Kind::emergency && own(tie) && tie.proved_by == about.id; });
        for (const auto& link : parts_of(about.links))
            if (!has_opened || std::get<0>(link) != Relationship::enquiry) found.links.push_back(link);
        const bool is_sealed =
            std::ranges::any_of(all, [&](const Tie& tie) { return tie.kind == Kind::sealed && now(tie); });
        const auto gave_it = [&](const Tie& tie) {
            return own(tie) || (tie.worker.is_none() && session.worker.is_none() && tie.about == session.only_case &&
                                tie.keeper_team == session.team);
        };
        std::optional<UtcTime> latest;
        for (const auto& tie : all) {
            if (tie.kind == Kind::allocated && own(tie))
                found.links.emplace_back(Relationship::allocated, tie.since, tie.ended_at);
            if (bars_family(tie) && is_family(tie, session))
                found.links.emplace_back(Relationship::linked, tie.since, tie.ended_at);
            if (tie.kind == Kind::sealed && now(tie)) found.is_sealed = true;
            if (tie.kind == Kind::reasoned && gave_it(tie) && now(tie) &&
                (tie.about == about.id || (is_sealed && about.id.is_none())))
                found.is_opened_with_reason = true;
            const bool is_emergency = tie.kind == Kind::emergency && own(tie) && now(tie) && tie.purpose == "work";
            if (!is_emergency || (latest && tie.since <= *latest)) continue;
            latest = tie.since;
            found.break_glass = policy::BreakGlass{tie.characters, noon - tie.since};
        }
        return found;
    }
    static Found connected(Transaction& transaction, ChildId child, const Session& session, const Looked& about,
                           const Known& known, Memory* memory = nullptr)
    {
        policy::Request asked{.worker = session.worker, .child = child};
        Found found{.links = parts_of(connect(asked, transaction, session, about, noon, known, memory))};
        found.is_sealed = asked.is_sealed;
        found.is_opened_with_reason = asked.is_opened_with_reason == policy::Told::yes;
        found.break_glass = asked.break_glass;
        return found;
    }

    std::vector<storage::Migration> steps_;
    std::vector<TeamId> teams_ = {TeamId::random(), TeamId::random(), TeamId::random()};
    std::vector<WorkerId> workers_ = {WorkerId::random(), WorkerId::random(), WorkerId::random(), WorkerId::random(),
                                      WorkerId::random()};
    std::vector<CaseId> cases_ = {CaseId::random(), CaseId::random(), CaseId::random()};
    std::mt19937_64 random_{3};

  private:
    std::unique_ptr<storage::testing::TestDatabase> holder_ = storage::testing::make_database(GetParam());
};

TEST_P(Ties, decide_the_same_whether_all_are_read_or_those_that_concern_the_asker)
{
    add_people();
    std::vector<ChildId> children(300);
    for (auto& child : children) child = ChildId::random();
    database().write([&](Transaction& transaction) {
        for (const auto child : children)
            for (auto left = below(12); left > 0; --left) add_tie(transaction, random_tie(child));
    });
    Memory memory;
    memory.load(database());
    database().read([&](Transaction& transaction) {
        std::map<WorkerId, Known> known;
        for (const auto child : children)
            for (int i = 0; i < 4; ++i) {
                const auto session = random_session();
                const auto all = ties_of(transaction, child);
                const bool is_about_a_proof = !all.empty() && below(2) == 0;
                const Looked about{is_about_a_proof ? all[below(all.size())].proved_by : cases_[below(cases_.size())],
                                   {{Relationship::enquiry, noon - 24h}, {Relationship::detaining, noon - 2h}}};
                const auto expected = plainly(all, session, about);
                EXPECT_EQ(connected(transaction, child, session, about, {}), expected);
                EXPECT_EQ(connected(transaction, child, session, about, {}, &memory), expected);
                if (!known.contains(session.worker))
                    known[session.worker] = ties_for(transaction, children, session.worker);
                EXPECT_EQ(connected(transaction, child, session, about, known[session.worker]), expected);
            }
        EXPECT_EQ(misfiled_ties(transaction), 0U);
    });
    EXPECT_EQ(memory.answers().from_database, 0U);
}

TEST_P(Ties, close_the_same_of_many_children_as_of_each)
{
    add_people();
    std::vector<ChildId> children(200);
    for (auto& child : children) child = ChildId::random();
    database().write([&](Transaction& transaction) {
        for (const auto child : children)
            for (auto left = below(4); left > 0; --left) add_tie(transaction, random_tie(child));
    });
    Memory memory;
    memory.load(database());
    database().read([&](Transaction& transaction) {
        for (int i = 0; i < 8; ++i) {
            const auto session = random_session();
            const auto closes = [&](const Tie& tie) {
                const bool stands = tie.since <= noon && (!tie.ended_at || *tie.ended_at > noon);
                return stands && (tie.kind == Kind::sealed || (bars_family(tie) && is_family(tie, session)));
            };
            std::set<ChildId> expected;
            for (const auto child : children) {
                if (std::ranges::any_of(ties_of(transaction, child), closes)) expected.insert(child);
                EXPECT_EQ(is_closed_to(transaction, child, session, noon), expected.contains(child));
            }
            EXPECT_EQ(closed_to(transaction, children, session, noon), expected);
            EXPECT_EQ(closed_to(transaction, children, session, noon, &memory), expected);
            EXPECT_FALSE(expected.empty());
        }
    });
}

TEST_P(Ties, of_family_close_all_records_that_are_one_child_and_those_alone)
{
    add_people();
    std::vector<ChildId> records(6);
    for (auto& record : records) record = ChildId::random();
    std::vector<std::size_t> person_of = {0, 1, 2, 3, 4, 5}; // which child each record was decided to be of
    const auto restricted = [&](std::size_t record) {
        Tie tie{.kind = Kind::family, .child = records[record], .worker = workers_[below(5)]};
        tie.proved_by = CaseId::random();
        tie.keeper = AgencyId::random();
        tie.since = noon;
        return tie;
    };
    const std::vector<Tie> restrictions = {restricted(0), restricted(1), restricted(1)};
    std::set<CaseId> lifted;
    database().write([&](Transaction& transaction) {
        for (const auto& tie : restrictions) add_tie(transaction, tie);
        for (int step = 1; step <= 200; ++step) {
            const auto now = noon + hours{step};
            const auto mover = below(6);
            person_of[mover] = below(3) == 0 ? mover + 10 : person_of[below(6)];
            if (step == 150) {
                end_ties(transaction, restrictions.back().proved_by, now);
                lifted.insert(restrictions.back().proved_by);
            }
            for (const auto person : std::set(person_of.begin(), person_of.end())) {
                std::vector<ChildId> of_one;
                for (std::size_t i = 0; i < records.size(); ++i)
                    if (person_of[i] == person) of_one.push_back(records[i]);
                (void)close_family_alike(transaction, of_one, now);
                EXPECT_TRUE(close_family_alike(transaction, of_one, now).empty()) << "once is enough";
            }
            for (const auto& restriction : restrictions)
                for (std::size_t i = 0; i < records.size(); ++i) {
                    const auto home = std::ranges::find(records, restriction.child) - records.begin();
                    const bool is_alike = person_of[i] == person_of[static_cast<std::size_t>(home)];
                    const bool is_expected = is_alike && !lifted.contains(restriction.proved_by);
                    EXPECT_EQ(std::ranges::count_if(ties_for(transaction, records[i], {}),
                                                    [&](const Tie& tie) {
                                                        return tie.proved_by == restriction.proved_by && !tie.ended_at;
                                                    }),
                              is_expected ? 1 : 0)
                        << "step " << step;
                }
        }
        EXPECT_EQ(misfiled_ties(transaction), 0U);
    });
}

TEST_P(Ties, of_other_people_are_not_read)
{
    add_people();
    const auto child = ChildId::random();
    std::vector<Tie> all;
    for (std::size_t i = 0; i < 10; ++i)
        all.push_back({.kind = static_cast<Kind>(i % 5),
                       .child = child,
                       .worker = i % 5 == 2 ? WorkerId{} : workers_[i / 5],
                       .proved_by = CaseId::random(),
                       .since = noon + hours{i}});
    database().write([&](Transaction& transaction) {
        for (const auto& tie : all) add_tie(transaction, tie);
    });
    const std::vector<Tie> of_everybody = {all[1], all[2], all[6], all[7]};
    const std::vector<Tie> of_second = {all[1], all[2], all[5], all[6], all[7], all[8], all[9]};
    const std::vector<ChildId> asked = {child, ChildId::random(), child};
    database().read([&](Transaction& transaction) {
        EXPECT_EQ(ties_of(transaction, child), all);
        EXPECT_EQ(ties_for(transaction, child, {}), of_everybody);
        EXPECT_EQ(ties_for(transaction, child, workers_[4]), of_everybody);
        EXPECT_EQ(ties_for(transaction, child, workers_[1]), of_second);
        EXPECT_EQ(ties_for(transaction, asked, {}), (Known{{child, of_everybody}, {asked[1], {}}}));
        EXPECT_EQ(ties_for(transaction, asked, workers_[1]), (Known{{child, of_second}, {asked[1], {}}}));
        EXPECT_EQ(ties_for(transaction, std::span<const ChildId>{}, workers_[1]), Known{});
    });
}

TEST_P(Ties, that_were_stored_before_they_had_readers_are_found_as_others_are)
{
    const auto before = std::ranges::find_if(
        steps_, [](const storage::Migration& step) { return step.room == "ties" && step.number == 2; });
    ASSERT_TRUE(storage::migrate(database(), {steps_.begin(), before}));
    const auto child = ChildId::random();
    std::vector<Tie> all;
    for (std::size_t i = 0; i < 5; ++i) {
        all.push_back({.kind = static_cast<Kind>(i), .child = child, .proved_by = CaseId::random()});
        all.back().since = noon + hours{i};
        if (all.back().kind != Kind::sealed) all.back().worker = workers_[0];
        if (all.back().kind == Kind::reasoned) all.back().about = cases_[0];
    }
    all[1].ended_at = noon + 9h;
    using storage::to_value;
    database().write([&](Transaction& transaction) {
        for (const auto& tie : all)
            transaction.execute("insert into ties (child, kind, worker, proved_by, about, keeper, keeper_team, "
                                "purpose, characters, since, ended_at) "
                                "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                                {to_value(tie.child), std::string(code_of(tie.kind)), to_value(tie.worker),
                                 to_value(tie.proved_by), to_value(tie.about), to_value(tie.keeper),
                                 to_value(tie.keeper_team), tie.purpose, std::int64_t{0}, to_value(tie.since),
                                 to_value(tie.ended_at)});
    });
    add_people();
    database().read([&](Transaction& transaction) {
        EXPECT_EQ(ties_of(transaction, child), all);
        EXPECT_EQ(ties_for(transaction, child, workers_[0]), all);
        EXPECT_EQ(ties_for(transaction, child, workers_[1]), (std::vector<Tie>{all[1], all[2]}));
        EXPECT_EQ(misfiled_ties(transaction), 0U);
    });
}

INSTANTIATE_TEST_SUITE_P(engines, Ties, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::ties
