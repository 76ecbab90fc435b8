// P9, a bounded search: nobody widens their own access in up to four administrative steps, and whoever asks never
// approves. One person alone tries every sequence of acts of sharing on a child whom nothing connects with them, and
// after each looks, under every purpose they may choose, at the child, at a child of their own who may be the same, and
// at the cases of both. Booking a child in is no administrative step: it records who is in the cell.
#include "app/capabilities.h"
#include "capabilities/custody/custody_test_world.h"
#include "capabilities/sharing/sharing.h"
#include "casework/search.h"

#include "api/json.h"
#include "derived/site.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <regex>

namespace reachable::app {
namespace {

using accounts::Role;
using accounts::Session;
using custody::testing::World;
using storage::Transaction;
using enum accounts::Role;

/// A sanitizer makes everything slower; there the search goes less deep.
constexpr std::size_t most_steps = policy::testing::one_part_in == 1 ? 4 : 1;
/// Somebody with two posts has many more acts at hand.
constexpr std::size_t most_steps_with_two_posts = policy::testing::one_part_in == 1 ? 3 : 1;

/// Somebody, in each of their posts.
struct Person {
    std::string who;
    std::vector<Session> posts;
    std::string sign_in_name;
};

/// How the child stands to the agencies before anybody tries anything.
enum class Standing { of_another_authority, named_by_the_own_authority, restricted_by_a_colleague };
constexpr Standing standings[] = {Standing::of_another_authority, Standing::named_by_the_own_authority,
                                  Standing::restricted_by_a_colleague};

/// An act that may be tried; `with` fills in what it asks for.
enum class With { child, self, colleague, latest, about_case, pair, words, nothing };
struct Step {
    std::string_view type;
    std::string_view action;
    With with;
    std::string_view kind = {}; // of a restriction

    bool opens() const { return with != With::latest && with != With::words; }
    bool is_emergency() const { return type == "emergency-access" && action == "open"; }
};
constexpr Step steps[] = {
    {"emergency-access", "open", With::child},
    {"emergency-access", "end_now", With::latest},
    {"emergency-access", "review", With::latest},
    {"restriction", "restrict", With::child, "PROTECTED_PERSON"},
    {"restriction", "restrict", With::self, "STAFF_FAMILY"},
    {"restriction", "restrict", With::colleague, "STAFF_FAMILY"},
    {"restriction", "ask_to_lift", With::latest},
    {"restriction", "lift", With::latest},
    {"restriction", "keep", With::latest},
    {"allocation", "allocate", With::self},
    {"allocation", "allocate", With::colleague},
    {"allocation", "end", With::latest},
    {"opening", "say_why", With::about_case},
    {"immigration-request", "record", With::nothing},
    {"immigration-request", "tell_chief", With::latest},
    {"same-person", "open", With::pair},
    {"same-person", "same", With::words},
    {"same-person", "confirm_same", With::latest},
    {"same-person", "different", With::words},
    {"same-person", "cannot_tell", With::words},
    {"same-person", "propose_undo", With::words},
    {"same-person", "confirm_undo", With::latest},
    {"same-person", "keep_joined", With::latest},
};
/// A step in one post for one purpose.
struct Chosen {
    const Step* step;
    std::size_t post;
    std::string purpose;
};
using Sequence = std::vector<Chosen>;

/// A child made for one sequence, and what was opened about it.
struct Subject {
    ChildId child;
    CaseId detention;
    ChildId pair; // may be the same child; detained where the person works, if that is a force
    CaseId pair_detention;
    CaseId restriction;                   // by somebody else, before
    std::map<std::string, CaseId> latest; // by type, of those the person may try to move on
    std::vector<std::pair<std::string, CaseId>> own;
};

/// Everything somebody sees of a child: "immediate-protection: address 3 Quay Street".
using View = std::set<std::string>;

class OwnAccess : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        custody::testing::open_world(world_, GetParam());
        auto dated = all_lists("data");
        ASSERT_TRUE(dated) << sentences(dated.error());
        desk().lists = std::move(*dated);
        desk().types = all_types();
        world_.now = *parse_utc("2026-10-28T02:00:00Z"); // a Wednesday
        database().write([&](Transaction& transaction) { add_people(transaction); });
    }

    void add_people(Transaction& transaction)
    {
        const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto elsewhere = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                            "X23000002", "Eastvale Constabulary");
        const auto suite =
            custody::testing::add_team(transaction, elsewhere, "Mill Lane", "custody-suite", "X06000001");
        custody::testing::add_actor(world_, transaction, elsewhere, suite, CUST, "sergeant elsewhere");
        for (const auto& agency : {force, authority}) {
            const auto office = custody::testing::add_team(transaction, agency, agency.name + " office", "office");
            const auto other = custody::testing::add_team(transaction, agency, agency.name + " standards", "office");
            if (agency.kind == accounts::AgencyKind::police_force)
                custody::testing::add_actor(world_, transaction, agency, office, CUST, "sergeant of the own office");
            for (const auto role : {SW, PSTD})
                custody::testing::add_actor(world_, transaction, agency, other, role,
                                            fmt::format("colleague {} {}", accounts::code_of(role), agency.name));
            for (int i = 1; i <= static_cast<int>(ADMIN); ++i)
                add_person(transaction, agency, office, {static_cast<Role>(i)});
            const bool is_force = agency.kind == accounts::AgencyKind::police_force;
            add_person(transaction, agency, office, is_force ? std::vector{RESP, IGOV} : std::vector{LADM, SW});
            add_person(transaction, agency, office, is_force ? std::vector{CUST, PSTD} : std::vector{LADM, IGOV});
        }
    }
    void add_person(Transaction& transaction, const accounts::Agency& agency, const accounts::Team& team,
                    const std::vector<Role>& roles)
    {
        std::string who = agency.name;
        for (const auto role : roles) who += fmt::format(" {}", accounts::code_of(role));
        custody::testing::add_actor(world_, transaction, agency, team, roles.front(), who);
        auto session = world_.actors.at(who);
        session.code_proved_at = world_.now;
        Person person{.who = who, .sign_in_name = accounts::find_worker(transaction, session.worker)->sign_in_name};
        for (const auto role : roles) {
            session.role = role;
            if (role != roles.front())
                accounts::add_post(transaction, {.worker = session.worker, .team = team.id, .role = role});
            person.posts.push_back(session);
        }
        people_.push_back(std::move(person));
    }

    storage::Database& database() { return world_.database->get(); }
    casework::Desk& desk() { return *world_.desk; }
    Result<casework::Acted> act(Session session, std::string_view purpose, const casework::Act& act)
    {
        session.purpose = purpose;
        return casework::act(desk(), session, RequestId::random(), act, world_.now);
    }
    CaseId must(const Result<casework::Acted>& acted)
    {
        CHECK(acted.has_value(), "an act that the search stands on was refused: " + sentences(acted.error()));
        return acted->id;
    }
    const Session& colleague(const Session& session, Role role)
    {
        const auto name =
            session.agency == world_.agencies.at("Northmere Police") ? "Northmere Police" : "Westmoor County";
        return world_.actors.at(fmt::format("colleague {} {}", accounts::code_of(role), name));
    }
    std::string name_of(const Session& session)
    {
        std::string name;
        database().read(
            [&](Transaction& transaction) { name = accounts::find_worker(transaction, session.worker)->sign_in_name; });
        return name;
    }

    /// Two records that may be of one child: a name, a day of birth, and nothing that contradicts.
    ChildId store_child(AgencyId responsible, const char* place)
    {
        records::Child child{.id = ChildId::random(),
                             .names = {records::read_name("Noor Sample")},
                             .born = *parse_partial_date("2011-03-04"),
                             .care_status = "care_order",
                             .responsible_authority = responsible};
        child.source = {.agency = responsible, .recorded_at = custody::testing::long_ago, .known_by = "social worker"};
        child.addresses.push_back({.kind = "placement", .lines = place, .postcode = "WM1 2AB"});
        database().write([&](Transaction& transaction) {
            ASSERT_TRUE(records::store_child(transaction, child, 0, world_.actors.at("sergeant elsewhere").worker,
                                             "known", custody::testing::long_ago));
        });
        return child.id;
    }
    CaseId detain(const Session& sergeant, ChildId child)
    {
        auto booking = Json::object();
        booking.set("child", child.text()).set("name_given", "Noor Sample");
        booking.set("custody_number", fmt::format("N{}", ++children_))
            .set("authorised_at", to_iso(world_.now - minutes{9}));
        const auto detention = must(act(sergeant, "custody-safeguarding",
                                        {.type = "custody", .action = "book_in", .asked = std::move(booking)}));
        auto request = Json::object();
        request.set("offence", "Taking a bicycle").set("worry", "Will not say who drove");
        request.set("authority", world_.agencies.at("Harbourne Borough").text());
        must(act(sergeant, "custody-safeguarding",
                 {.type = "custody", .action = "send_request", .id = detention, .asked = std::move(request)}));
        return detention;
    }
    /// A child detained at another force, whose case another authority was asked about.
    Subject new_subject(const Person& person, Standing standing)
    {
        const bool is_named = standing == Standing::named_by_the_own_authority;
        const auto responsible = world_.agencies.at(is_named ? "Westmoor County" : "Harbourne Borough");
        const bool is_force = person.posts.front().agency_kind == accounts::AgencyKind::police_force;
        Subject subject;
        subject.child = store_child(responsible, "3 Quay Street");
        subject.pair = store_child(world_.agencies.at("Westmoor County"), "8 Mill Lane");
        subject.detention = detain(world_.actors.at("sergeant elsewhere"), subject.child);
        if (is_force) subject.pair_detention = detain(world_.actors.at("sergeant of the own office"), subject.pair);
        if (standing == Standing::restricted_by_a_colleague) {
            auto asked = Json::object();
            asked.set("child", subject.child.text()).set("why", "Told to us by the family");
            asked.set("kind", "PROTECTED_PERSON");
            subject.restriction = must(act(colleague(person.posts.front(), PSTD), "information-governance",
                                           {.type = "restriction", .action = "restrict", .asked = std::move(asked)}));
            subject.latest["restriction"] = subject.restriction;
        }
        return subject;
    }

    Json asked_by(const Step& step, const Person& person, const Session& session, const Subject& subject)
    {
        auto asked = Json::object();
        if (step.type == "emergency-access" && step.action == "open")
            asked.set("reason_code", "find_the_child").set("reason", "She rang from his car and cannot say where");
        if (step.action == "review") asked.set("finding", "needed");
        if (step.action == "restrict") asked.set("kind", step.kind).set("why", "Told to us by the family");
        if (step.action == "ask_to_lift") asked.set("lift_reason", "The danger is over, says the court");
        if (step.action == "tell_chief") asked.set("told_to", "Assistant chief constable");
        if (step.with == With::pair)
            asked.set("child", subject.child.text())
                .set("other", subject.pair.text())
                .set("why_asked", "The same name and day");
        if (step.with == With::words)
            asked.set(step.action == "propose_undo" ? "undo_reason" : "reason", "Compared the days of birth");
        if (step.with == With::about_case)
            asked.set("about", subject.detention.text()).set("reason", fmt::format("Placement tonight, {}", children_));
        if (step.action == "record")
            asked.set("asked_by", "Enforcement office")
                .set("received_at", to_iso(world_.now))
                .set("wanted", Json::list().add("address"));
        if (step.with == With::child || step.with == With::self || step.with == With::colleague)
            asked.set("child", subject.child.text());
        if (step.with == With::self) asked.set("staff_name", person.sign_in_name);
        if (step.with == With::colleague) asked.set("staff_name", name_of(colleague(session, SW)));
        return asked;
    }
    /// False if it is refused; then nothing is kept of it, which spares a wait for the disk.
    bool try_step(const Chosen& chosen, const Person& person, Subject& subject)
    {
        const auto& step = *chosen.step;
        auto session = person.posts[chosen.post];
        const auto latest = subject.latest.find(std::string(step.type));
        if (!step.opens() && latest == subject.latest.end()) return false;
        const casework::Act act{.type = step.type,
                                .action = std::string(step.action),
                                .id = step.opens() ? CaseId{} : latest->second,
                                .asked = asked_by(step, person, session, subject)};
        session.purpose = chosen.purpose;
        struct Refused {};
        CaseId id;
        try {
            database().write([&](Transaction& transaction) {
                const auto acted = casework::act_in(transaction, desk(), session, RequestId::random(), act, world_.now);
                if (!acted) throw Refused{};
                id = acted->id;
            });
        } catch (const Refused&) {
            return false;
        }
        if (step.opens()) {
            subject.latest[std::string(step.type)] = id;
            subject.own.emplace_back(step.type, id);
        }
        return true;
    }

    static void add_child(View& view, const std::string& where, const std::optional<records::Child>& child)
    {
        if (!child) return;
        for (const auto& name : child->names)
            if (name.as_given != "Name held back") view.insert(where + "name " + name.as_given);
        if (child->born) view.insert(where + "born " + to_iso(*child->born));
        for (const auto& address : child->addresses) view.insert(where + "address " + address.lines);
        for (const auto& contact : child->contacts) view.insert(where + "contact " + records::contact_words(contact));
    }
    /// Everything of a case that is shown: that it is there, the child, each fact and each item.
    void add_case(View& view, const Session& session, const std::string& purpose, std::string_view type, CaseId id,
                  bool is_own)
    {
        const auto seen = derived::look_at_case(desk(), session, RequestId::random(),
                                                {.type = type, .id = id, .page = "search"}, world_.now);
        if (!seen) return;
        const auto where = fmt::format("{}: {}: ", purpose, type);
        add_child(view, where, seen->child);
        if (is_own) return; // what stands there they wrote themselves
        view.insert(where + "there is one");
        const auto facts = casework::facts_to_json(*seen->type, seen->facts.get());
        // What a keeper of the restriction wrote there themselves is nothing that they see.
        const auto is_their_own = [&](std::string_view name) {
            return type == "restriction" && name.starts_with("lift_");
        };
        static const std::regex of_one_child("[0-9a-f]{32}|N[0-9]+");
        for (const auto& [name, value] : *facts.members()) {
            if (is_their_own(name)) continue;
            const auto text = std::regex_replace(api::write_json(value), of_one_child, "#");
            if (text != "null" && text != "[]" && text != "\"\"") view.insert(where + name + " " + text);
        }
    }
    View view_of(const Person& person, const Subject& subject)
    {
        View view;
        for (auto session : person.posts)
            for (const auto& purpose : desk().policy.purposes_of(session.role)) {
                session.purpose = purpose.code;
                session.code_proved_at = world_.now;
                const auto where = fmt::format("{} {}", accounts::code_of(session.role), purpose.code);
                const auto seen =
                    casework::look_at_child(desk(), session, RequestId::random(), subject.child, "search", world_.now);
                if (seen) {
                    view.insert(where + ": there is a child");
                    add_child(view, where + ": ", seen->child);
                    for (const auto& head : seen->cases)
                        if (head.id == subject.detention) view.insert(where + ": a detention is known");
                }
                if (const auto pair = casework::look_at_child(desk(), session, RequestId::random(), subject.pair,
                                                              "search", world_.now)) {
                    view.insert(where + ": there is the other child");
                    add_child(view, where + ": other: ", pair->child);
                    for (const auto& head : pair->cases)
                        if (head.id == subject.detention) view.insert(where + ": a detention is known by the other");
                }
                add_case(view, session, where, "custody", subject.detention, false);
                if (!subject.pair_detention.is_none())
                    add_case(view, session, where + " other", "custody", subject.pair_detention, false);
                if (!subject.restriction.is_none())
                    add_case(view, session, where, "restriction", subject.restriction, false);
                for (const auto& [type, id] : subject.own) add_case(view, session, where, type, id, true);
            }
        return view;
    }

    /// Whoever may search finds a child who is not protected by a name and a birth date, and is shown both: that a
    /// question about two records shows them too is nothing new.
    View known_by_search(const Person& person, Standing standing)
    {
        View view;
        const auto& posts = person.posts;
        const auto may_search = [&](Session session) {
            return std::ranges::any_of(desk().policy.purposes_of(session.role), [&](const auto& purpose) {
                session.purpose = purpose.code;
                return casework::may_search(desk(), session, world_.now);
            });
        };
        if (standing == Standing::restricted_by_a_colleague || std::ranges::none_of(posts, may_search)) return view;
        for (const auto& session : posts)
            for (const auto& purpose : desk().policy.purposes_of(session.role))
                for (const auto* fact : {"name Noor Sample", "born 2011-03-04"})
                    view.insert(
                        fmt::format("{} {}: same-person: {}", accounts::code_of(session.role), purpose.code, fact));
        return view;
    }

    /// The purposes for which an emergency access is open at the end of the sequence.
    static std::vector<std::string> open_purposes(const Sequence& sequence)
    {
        std::vector<std::string> open;
        for (const auto& chosen : sequence) {
            if (chosen.step->is_emergency()) open.push_back(chosen.purpose);
            if (chosen.step->action == "end_now") open.pop_back(); // the one that was opened last
        }
        return open;
    }
    /// "told supervisor and governance and is to be reviewed by somebody else"
    void check_told_and_reviewed(const Subject& subject, const std::string& words)
    {
        database().read([&](Transaction& transaction) {
            for (const auto& [type, id] : subject.own) {
                if (type != "emergency-access") continue;
                for (const auto role : {SUPV, IGOV})
                    EXPECT_FALSE(transaction
                                     .query("select 1 from notices where case_id = $1 and role = $2 and code = "
                                            "'emergency-access.opened'",
                                            {storage::to_value(id), std::string(accounts::code_of(role))})
                                     .empty())
                        << words;
                const auto clocks = casework::load_clocks(transaction, id);
                EXPECT_TRUE(!clocks.empty() && clocks.front().code == "C30" && !clocks.front().stopped_at) << words;
            }
        });
    }
    static std::string words_of(const Person& person, const Sequence& sequence)
    {
        std::string words = person.who;
        for (const auto& chosen : sequence)
            words += fmt::format(", {}.{} {}", chosen.step->type, chosen.step->action, chosen.step->kind);
        return words;
    }
    void check(const Person& person, const Sequence& sequence, const Subject& subject, const View& before)
    {
        const auto words = words_of(person, sequence);
        for (const auto& chosen : sequence)
            EXPECT_TRUE(chosen.step->action != "lift" && chosen.step->action != "review")
                << words << ": approves alone";
        const auto open = open_purposes(sequence);
        if (!open.empty()) check_told_and_reviewed(subject, words);
        for (const auto& thing : view_of(person, subject)) {
            if (before.contains(thing)) continue;
            const bool is_opened = std::ranges::any_of(open, [&](const std::string& purpose) {
                return thing.find(fmt::format(" {}:", purpose)) != std::string::npos;
            });
            if (is_opened)
                ++opened_;
            else if (told_.insert(words_of(person, {sequence.back()}) + thing).second)
                ADD_FAILURE() << words << " shows: " << thing;
        }
        if (!sequence.back().step->is_emergency()) return;
        // What was opened ends by itself: an hour later nothing of it is left.
        const auto now = world_.now;
        world_.now += hours{1};
        for (const auto& thing : view_of(person, subject))
            EXPECT_TRUE(before.contains(thing)) << words << " still shows after an hour: " << thing;
        world_.now = now;
    }

    /// In which posts and for which purposes a step is tried. What is opened in an emergency is opened for one purpose;
    /// nothing else that a step leaves behind tells its purpose, so there the first that is accepted stands for all.
    std::vector<Chosen> ways(const Person& person, const Step& step)
    {
        std::vector<Chosen> all;
        for (std::size_t post = 0; post < person.posts.size(); ++post)
            for (const auto& purpose : desk().policy.purposes_of(person.posts[post].role))
                all.push_back({&step, post, std::string(purpose.code)});
        return all;
    }
    Subject replay(const Person& person, Standing standing, const Sequence& sequence)
    {
        auto subject = new_subject(person, standing);
        for (const auto& chosen : sequence)
            CHECK(try_step(chosen, person, subject), "a step that was accepted once is refused now");
        return subject;
    }
    /// What stands already is not opened a second time: the same again adds nothing. An emergency access that was ended
    /// stands no longer.
    static bool stands_already(const Sequence& sequence, const Chosen& next)
    {
        if (!next.step->opens()) return false;
        bool stands = false;
        for (const auto& chosen : sequence) {
            const bool is_same_purpose = !next.step->is_emergency() || chosen.purpose == next.purpose;
            if (chosen.step == next.step && chosen.post == next.post && is_same_purpose) stands = true;
            if (chosen.step->type == next.step->type && !chosen.step->opens()) stands = false;
        }
        return stands;
    }
    void explore(const Person& person, Standing standing, const View& before, const Sequence& sequence,
                 std::size_t most)
    {
        if (sequence.size() == most) return;
        auto subject = replay(person, standing, sequence);
        for (const auto& step : steps)
            for (const auto& chosen : ways(person, step)) {
                if (stands_already(sequence, chosen)) continue;
                ++tried_;
                if (!try_step(chosen, person, subject)) continue; // a refused step leads nowhere
                ++accepted_;
                auto longer = sequence;
                longer.push_back(chosen);
                check(person, longer, subject, before);
                explore(person, standing, before, longer, most);
                subject = replay(person, standing, sequence);
                if (!step.is_emergency()) break;
            }
    }

    World world_;
    std::vector<Person> people_;
    std::size_t children_ = 0;
    std::size_t tried_ = 0;
    std::size_t accepted_ = 0;
    std::size_t opened_ = 0;
    std::set<std::string> told_;
};

TEST_P(OwnAccess, grows_by_no_four_steps_of_ones_own)
{
    // The doors are the same on a server, where each step waits longer.
    const auto most = GetParam() == "sqlite" ? most_steps : std::min<std::size_t>(most_steps, 1);
    for (const auto& person : people_)
        for (const auto standing : standings) {
            const bool is_authority = person.posts.front().agency_kind == accounts::AgencyKind::local_authority;
            if (standing == Standing::named_by_the_own_authority && !is_authority) continue;
            auto before = view_of(person, new_subject(person, standing));
            before.merge(known_by_search(person, standing));
            explore(person, standing, before, {},
                    person.posts.size() == 1 ? most : std::min(most, most_steps_with_two_posts));
        }
    std::cout << fmt::format("figure: {} sequences of up to {} steps tried by {} people on {}, {} of them accepted, {} "
                             "things opened in an emergency, {} widened otherwise (P9)\n",
                             tried_, most, people_.size(), GetParam(), accepted_, opened_, told_.size());
    EXPECT_GT(accepted_, most == 4 ? 1000U : 50U) << "a search in which everything is refused finds nothing";
    EXPECT_GT(opened_, 0U) << "an emergency opens something, or nothing here would notice that something opened";
}

INSTANTIATE_TEST_SUITE_P(engines, OwnAccess, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
