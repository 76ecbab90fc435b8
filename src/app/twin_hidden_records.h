// What one twin has and the other has not: random records of other people, made by real acts in their own sessions, of
// which one reader may see nothing. Whether they may is asked of the policy, here and not by the code that is proved.
#pragma once

#include "app/twin_test_world.h"
#include "capabilities/matching/matching.h"
#include "casework/search.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::app::testing {

struct Hidden {
    std::vector<CaseId> cases;
    std::vector<NamedChild> children;
    std::string favourite_name; // of a child in both twins, and of many that are hidden
};

/// Random acts of the staff inside one open transaction.
class Deeds {
  public:
    /// `reader`, if there is one, does none of it, but much of it happens beside them: in their own suite or authority.
    Deeds(const casework::Desk& desk, storage::Transaction& transaction, const BaseWorld& base, DemoRandom& random,
          const accounts::Session* reader)
        : desk_(desk), transaction_(transaction), base_(base), random_(random), reader_(reader)
    {
    }

    /// One thing that happens: mostly a child is detained, and then whatever else follows.
    void happen(std::string_view favourite_name)
    {
        switch (random_.below(10)) {
        case 0: break_the_glass(any_child()); return;
        case 1: allocate(any_child()); return;
        case 2: record_enforcement(); return;
        default: break;
        }
        const auto child = detain(favourite_name);
        if (child.is_none()) return;
        if (random_.below(3) == 0) ask_whether_the_same(child);
        if (random_.below(6) != 0) restrict(child);
        if (random_.below(4) == 0) break_the_glass(child);
        if (random_.below(4) == 0) allocate(child);
        if (random_.below(3) == 0) say_why(cases.front());
    }

    std::vector<CaseId> cases;         // opened by these acts
    std::vector<NamedChild> children;  // made by them
    std::vector<ChildId> old_children; // that stood there before, and that they touched

  private:
    std::optional<CaseId> act(const accounts::Session& who, std::string_view purpose, std::string_view type,
                              std::string action, Json asked, CaseId id = {})
    {
        if (reader_ != nullptr && who.worker == reader_->worker) return std::nullopt;
        auto session = who;
        session.purpose = purpose;
        session.code_proved_at = now_;
        now_ += seconds{1};
        const auto acted =
            casework::act_in(transaction_, desk_, session, RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)}, now_);
        if (!acted) return std::nullopt;
        if (id.is_none()) cases.push_back(acted->id);
        return acted->id;
    }
    /// Somebody in one of these roles, at that agency if one is named.
    const accounts::Session* somebody(std::initializer_list<accounts::Role> roles, AgencyId agency = {})
    {
        std::vector<const accounts::Session*> found;
        for (const auto& one : base_.staff)
            if (std::ranges::find(roles, one.role) != roles.end() && (agency.is_none() || one.agency == agency))
                found.push_back(&one);
        return found.empty() ? nullptr : found[random_.below(found.size())];
    }
    /// Mostly a colleague of the reader, if one has that role.
    const accounts::Session& somebody_near(accounts::Role role)
    {
        std::vector<const accounts::Session*> beside;
        for (const auto& one : base_.staff)
            if (reader_ != nullptr && one.role == role && one.agency == reader_->agency &&
                one.worker != reader_->worker && (role != CUST || reader_->role != CUST || one.team == reader_->team))
                beside.push_back(&one);
        if (beside.empty() || random_.below(3) == 0) return *somebody({role});
        return *beside[random_.below(beside.size())];
    }
    ChildId any_child()
    {
        const auto& from = random_.below(2) == 0 ? base_.children : base_.detained;
        old_children.push_back(from[random_.below(from.size())].id);
        return old_children.back();
    }

    ChildId detain(std::string_view favourite_name)
    {
        const auto& sergeant = somebody_near(CUST);
        const auto name =
            random_.below(3) != 0 ? std::string(favourite_name) : fmt::format("Unseen Sample {}", random_.below(1000));
        auto booking = Json::object();
        booking.set("name_given", name).set("custody_number", fmt::format("H{}", random_.next()));
        booking.set("authorised_at", to_iso(base_.now - minutes{40}));
        if (random_.below(8) == 0) booking.set("child", any_child().text());
        const auto id = act(sergeant, "custody-safeguarding", "custody", "book_in", std::move(booking));
        if (!id) return {};
        const auto child = casework::load_head(transaction_, *id).heading.child;
        if (old_children.empty()) children.push_back({child, name});
        if (random_.below(4) != 0) ask(sergeant, *id);
        return child;
    }
    void ask(const accounts::Session& sergeant, CaseId id)
    {
        const auto& authority = somebody_near(EDT);
        auto asked = Json::object();
        asked.set("offence", "Taking a bicycle").set("worry", "Will not say who drove");
        asked.set("authority", authority.agency.text());
        if (!act(sergeant, "custody-safeguarding", "custody", "send_request", std::move(asked), id)) return;
        if (random_.below(4) == 0) return;
        act(authority, "safeguarding-response", "custody", "open_request", Json::object(), id);
        auto answers = Json::list();
        answers.add(Json::object().set("question", "Q11").set("state", "yes").set("words", "An inhaler"));
        act(authority, "safeguarding-response", "custody", "answer", Json::object().set("answers", std::move(answers)),
            id);
    }
    void restrict(ChildId child)
    {
        const bool is_family = reader_ != nullptr && random_.below(4) != 0;
        const auto* keeper = somebody({IGOV, PSTD}, is_family ? reader_->agency : AgencyId{});
        if (keeper == nullptr) return;
        auto asked = Json::object();
        asked.set("child", child.text()).set("why", "Told to us by the family");
        asked.set("kind", is_family ? "STAFF_FAMILY" : "PROTECTED_PERSON");
        if (is_family) asked.set("staff_name", accounts::find_worker(transaction_, reader_->worker)->sign_in_name);
        act(*keeper, "information-governance", "restriction", "restrict", std::move(asked));
    }
    void break_the_glass(ChildId child)
    {
        const auto& who = *somebody({RESP, CUST, EDT, SW});
        auto asked = Json::object();
        asked.set("child", child.text()).set("reason_code", "find_the_child");
        asked.set("reason", "She rang from his car and cannot say where");
        const auto* purpose = who.role == RESP   ? "immediate-protection"
                              : who.role == CUST ? "custody-safeguarding"
                                                 : "safeguarding-response";
        act(who, purpose, "emergency-access", "open", std::move(asked));
    }
    void allocate(ChildId child)
    {
        const auto& manager = *somebody({LADM});
        const auto* worker = somebody({SW, YJS}, manager.agency);
        if (worker == nullptr) return;
        auto asked = Json::object();
        asked.set("child", child.text());
        asked.set("staff_name", accounts::find_worker(transaction_, worker->worker)->sign_in_name);
        act(manager, "safeguarding-response", "allocation", "allocate", std::move(asked));
    }
    /// Of a child in custody and one whom both twins have: who may not know of the one learns nothing of the other.
    void ask_whether_the_same(ChildId child)
    {
        auto asked = Json::object();
        asked.set("child", child.text()).set("other", any_child().text());
        act(somebody_near(CUST), "custody-safeguarding", "same-person", "open", std::move(asked));
    }
    void say_why(CaseId id)
    {
        auto asked = Json::object();
        asked.set("about", id.text()).set("reason", fmt::format("Placement tonight, number {}", random_.below(1000)));
        act(*somebody({LADM}), "safeguarding-response", "opening", "say_why", std::move(asked));
    }
    void record_enforcement()
    {
        auto asked = Json::object();
        asked.set("asked_by", "Enforcement office").set("received_at", to_iso(base_.now - minutes{50}));
        asked.set("wanted", Json::list().add("address"));
        act(*somebody({CUST, INSP}), "custody-safeguarding", "immigration-request", "record", std::move(asked));
    }

    const casework::Desk& desk_;
    storage::Transaction& transaction_;
    const BaseWorld& base_;
    DemoRandom& random_;
    const accounts::Session* reader_;
    UtcTime now_ = base_.now - minutes{29};
};

/// What the policy lets one reader know of children, cases and the log.
class Eyes {
  public:
    Eyes(const casework::Desk& desk, storage::Transaction& transaction, const accounts::Session& reader, UtcTime now)
        : desk_(desk), transaction_(transaction), reader_(reader), now_(now)
    {
    }

    /// How much of everything about the child is shown to them, searching and looking; empty if nothing is.
    std::vector<policy::Show> of_child(ChildId child)
    {
        std::vector<policy::Show> all;
        for (const auto* action : {"search", "read"}) {
            auto asked = casework::policy_request(desk_, transaction_, child, reader_, action, now_);
            for (std::size_t i = 0; i < policy::category_count; ++i)
                asked.fields.push_back({static_cast<policy::Category>(i), policy::Label::open});
            note(all, with_a_reason(std::move(asked)));
        }
        return seen(all);
    }
    /// The same of a case: that there is one, and each of its facts and items.
    std::vector<policy::Show> of_case(CaseId id)
    {
        const auto& type = *desk_.find_type(casework::load_head(transaction_, id).type);
        const auto loaded = *casework::load_case(transaction_, type, id);
        auto asked = casework::policy_request(desk_, transaction_, type, loaded.head, reader_, "read", now_);
        asked.fields = {type.held,
                        {policy::Category::id_core, policy::Label::open},
                        {policy::Category::address, policy::Label::open}};
        for (const auto& field : type.fields) asked.fields.push_back(field.held);
        for (const auto& part : type.parts)
            for (std::size_t i = 0; i < part.count(loaded.facts.get()); ++i) {
                const auto* item = part.at(loaded.facts.get(), i);
                asked.fields.push_back(casework::class_of(part, item));
                if (part.released_as != nullptr) asked.fields.push_back(part.released_as(item));
            }
        std::vector<policy::Show> all;
        note(all, with_a_reason(std::move(asked)));
        return seen(all);
    }
    /// True if they may be told of the case although they may not see it: by a notice to their whole organisation, or
    /// to their own team, whose clocks run out. Not of a case that is closed to them.
    bool may_be_told_of(CaseId id)
    {
        if (is_closed(id)) return false;
        const auto heading = casework::load_head(transaction_, id).heading;
        if (!reader_.team.is_none() && (heading.team == reader_.team || heading.partner_team == reader_.team))
            return true;
        return !transaction_
                    .query("select 1 from notices where case_id = $1 and agency = $2 and team = $3 and role = $4",
                           {storage::to_value(id), storage::to_value(reader_.agency), storage::to_value(TeamId{}),
                            std::string(accounts::code_of(reader_.role))})
                    .empty();
    }
    /// True if their organisation was told of the case and nothing has closed it to them since, with which it is gone
    /// from among what they were told.
    bool is_told_of(CaseId id)
    {
        return !is_closed(id) && !transaction_
                                      .query("select 1 from notices where case_id = $1 and agency = $2",
                                             {storage::to_value(id), storage::to_value(reader_.agency)})
                                      .empty();
    }
    /// True if they account for the log, and for that entry: what their agency did, and what anybody did about a case
    /// or a child of theirs.
    bool account_for(const audit::Entry& entry)
    {
        auto asked = casework::policy_request(reader_, "audit.read", now_);
        if (!desk_.policy.decide(asked).is_allowed) return false;
        if (!entry.child.is_none()) {
            asked = casework::policy_request(desk_, transaction_, entry.child, reader_, "audit.read_child", now_);
            if (!desk_.policy.decide(asked).is_allowed) return false;
        }
        const auto takes_part = [&](std::string_view column, storage::Value id) {
            return !transaction_
                        .query(
                            fmt::format("select 1 from cases where {} = $1 and (agency = $2 or partner = $2)", column),
                            {std::move(id), storage::to_value(reader_.agency)})
                        .empty();
        };
        if (entry.agency == reader_.agency || entry.agency.is_none()) return true;
        return takes_part("id", storage::to_value(entry.case_id)) ||
               takes_part("child", storage::to_value(entry.child));
    }

  private:
    /// True if nothing tells them of the case, whatever connects them.
    bool is_closed(CaseId id)
    {
        const auto head = casework::load_head(transaction_, id);
        const auto asked =
            casework::policy_request(desk_, transaction_, *desk_.find_type(head.type), head, reader_, "read", now_);
        return asked.is_sealed || asked.relationships.contains(policy::Relationship::linked);
    }
    /// A sealed record that somebody may open with a reason is there for them before they gave it.
    policy::Decision with_a_reason(policy::Request asked)
    {
        if (policy::waits_for_a_reason(asked)) asked.is_opened_with_reason = policy::Told::yes;
        return desk_.policy.decide(asked);
    }
    static void note(std::vector<policy::Show>& all, const policy::Decision& decision)
    {
        for (const auto show : decision.fields) all.push_back(decision.is_allowed ? show : policy::Show::hide);
    }
    static std::vector<policy::Show> seen(const std::vector<policy::Show>& all)
    {
        const bool is_any = std::ranges::any_of(all, [](policy::Show show) { return show != policy::Show::hide; });
        return is_any ? all : std::vector<policy::Show>{};
    }

    const casework::Desk& desk_;
    storage::Transaction& transaction_;
    const accounts::Session& reader_;
    UtcTime now_;
};

/// What they know of a child that stands in both twins, and of its cases, of some only because they were told: adding
/// hidden records must not change it.
inline std::vector<std::vector<policy::Show>> known_before(Eyes& eyes, storage::Transaction& transaction,
                                                           const BaseWorld& base, ChildId child)
{
    std::vector<std::vector<policy::Show>> known{eyes.of_child(child)};
    for (const auto& row : transaction.query("select id from cases where child = $1 or other = $1 order by id",
                                             {storage::to_value(child)}))
        if (const auto id = storage::id_at<CaseId>(row, 0); std::ranges::binary_search(base.cases, id)) {
            known.push_back(eyes.of_case(id));
            known.push_back({eyes.is_told_of(id) ? policy::Show::show : policy::Show::hide});
        }
    return known;
}

/// The cases that stand in one twin alone: those that the deeds opened, and what the service opened because of them (an
/// offer of support, a flag).
inline std::vector<CaseId> cases_added(storage::Transaction& transaction, const BaseWorld& base)
{
    auto all = storage::ids_at<CaseId>(transaction.query("select id from cases"), 0);
    std::erase_if(all, [&](CaseId id) { return std::ranges::binary_search(base.cases, id); });
    return all;
}

/// True if the reader may see nothing of what was done and of what came of it.
inline bool is_hidden(Eyes& eyes, storage::Transaction& transaction, const Deeds& deeds, const BaseWorld& base,
                      std::uint64_t log_length)
{
    for (const auto id : cases_added(transaction, base))
        if (!eyes.of_case(id).empty() || eyes.may_be_told_of(id)) return false;
    for (const auto& child : deeds.children)
        if (!eyes.of_child(child.id).empty()) return false;
    for (const auto& entry : audit::newest_entries(transaction, 100))
        if (entry.sequence >= log_length && eyes.account_for(entry)) return false;
    return true;
}

/// Those who see something of what stands in both twins: their answers are worth comparing most.
inline void find_busy_readers(BaseWorld& base)
{
    const auto& desk = base.at.service->desk();
    desk.database.read([&](storage::Transaction& transaction) {
        base.busy_readers.clear();
        for (const auto& reader : base.readers) {
            Eyes eyes(desk, transaction, reader.session, base.now);
            const auto is_shown = [&](const auto& child) { return !eyes.of_child(child.id).empty(); };
            const auto is_open = [&](CaseId id) { return !eyes.of_case(id).empty(); };
            if (std::ranges::any_of(base.children, is_shown) || std::ranges::any_of(base.cases, is_open))
                base.busy_readers.push_back(reader);
        }
    });
}

/// How many notices about cases of both twins the reader's organisation has: who keeps a restriction is told of tries.
inline std::size_t told_of_old(storage::Transaction& transaction, const BaseWorld& base, const Reader& reader)
{
    std::size_t told = 0;
    for (const auto& row :
         transaction.query("select case_id from notices where agency = $1", {storage::to_value(reader.session.agency)}))
        told += std::ranges::binary_search(base.cases, storage::id_at<CaseId>(row, 0)) ? 1 : 0;
    return told;
}

/// R-P-07: "custodian silently alerted". Governance of those who hold a protected record hears of tries at it by right,
/// the reader's own among them.
inline bool is_told_of_tries(storage::Transaction& transaction, std::span<const ChildId> children, const Reader& reader)
{
    if (reader.session.role != accounts::Role::IGOV && reader.session.role != accounts::Role::PSTD) return false;
    return std::ranges::any_of(children, [&](ChildId child) {
        const auto custodians = records::custodians_of(records::find_child(transaction, child)->child);
        return std::ranges::find(custodians, reader.session.agency) != custodians.end() &&
               ties::is_restricted(transaction, child);
    });
}

using Known = std::map<ChildId, std::vector<std::vector<policy::Show>>>;

/// Does one random thing, if the reader may see nothing of it and `before` stays all that they know.
inline void add_one_hidden(const OneWorld& twin, const BaseWorld& base, const Reader& reader, std::uint64_t seed,
                           const Known& before, Hidden& hidden)
{
    struct Undo {};
    const auto& desk = twin.service->desk();
    std::optional<Hidden> added;
    try {
        desk.database.write([&](storage::Transaction& transaction) {
            added.reset();
            DemoRandom random(seed);
            Eyes eyes(desk, transaction, reader.session, base.now);
            const auto log_length = audit::newest_entries(transaction, 1).front().sequence + 1;
            const bool has_account = !reader.session.worker.is_none();
            const auto told = told_of_old(transaction, base, reader);
            Deeds deeds(desk, transaction, base, random, has_account ? &reader.session : nullptr);
            deeds.happen(hidden.favourite_name);
            if (deeds.cases.empty() || !is_hidden(eyes, transaction, deeds, base, log_length)) throw Undo{};
            if (told_of_old(transaction, base, reader) != told) throw Undo{};
            std::vector<ChildId> touched = deeds.old_children;
            for (const auto& child : deeds.children) touched.push_back(child.id);
            if (is_told_of_tries(transaction, touched, reader)) throw Undo{};
            for (const auto child : deeds.old_children)
                if (known_before(eyes, transaction, base, child) != before.at(child)) throw Undo{};
            added = Hidden{.cases = deeds.cases, .children = deeds.children};
        });
    } catch (const Undo&) {
        return;
    }
    hidden.cases.insert(hidden.cases.end(), added->cases.begin(), added->cases.end());
    hidden.children.insert(hidden.children.end(), added->children.begin(), added->children.end());
}

/// Adds random records of other people to one twin, in so many tries. What would show the reader anything is not added.
inline Hidden add_hidden(const OneWorld& twin, const BaseWorld& base, const Reader& reader, DemoRandom& random,
                         std::size_t tries)
{
    Hidden hidden;
    hidden.favourite_name = base.children[random.below(base.children.size())].name;
    Known before;
    twin.service->desk().database.read([&](storage::Transaction& transaction) {
        before.clear();
        Eyes eyes(twin.service->desk(), transaction, reader.session, base.now);
        for (const auto& child : base.children) before[child.id] = known_before(eyes, transaction, base, child.id);
    });
    for (std::size_t i = 0; i < tries; ++i) add_one_hidden(twin, base, reader, random.next(), before, hidden);
    return hidden;
}

/// The jobs that run beside the pages: clocks, and the search for records that may be of one child.
inline void run_jobs(const Service& service, UtcTime now)
{
    casework::tick(service.desk(), now);
    while (matching::find_pairs(service.desk(), now).looked_at > 0) {
    }
}

/// The questions about pairs of records in a twin, with their versions.
inline std::map<CaseId, std::int64_t> pairs_in(storage::Transaction& transaction)
{
    std::map<CaseId, std::int64_t> pairs;
    for (const auto& row : transaction.query("select id, version from cases where type = 'same-person'"))
        pairs[storage::id_at<CaseId>(row, 0)] = row.integer(1);
    return pairs;
}

/// False if the jobs found something that the reader is told of by right: a question about a hidden record and one of
/// their own, or that the child of a question is in custody.
inline bool found_nothing_for(const Reader& reader, const OneWorld& without, const OneWorld& with, UtcTime now)
{
    std::map<CaseId, std::int64_t> before;
    without.service->desk().database.read([&](storage::Transaction& transaction) { before = pairs_in(transaction); });
    bool is_nothing = true;
    with.service->desk().database.read([&](storage::Transaction& transaction) {
        Eyes eyes(with.service->desk(), transaction, reader.session, now);
        is_nothing = std::ranges::all_of(pairs_in(transaction), [&](const auto& pair) {
            const auto was = before.find(pair.first);
            const bool is_as_before = was != before.end() && was->second == pair.second;
            return is_as_before || (eyes.of_case(pair.first).empty() && !eyes.may_be_told_of(pair.first));
        });
    });
    return is_nothing;
}

} // namespace reachable::app::testing
