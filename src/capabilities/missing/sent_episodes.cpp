#include "capabilities/missing/sent_episodes.h"

#include "api/json.h"
#include "capabilities/missing/absences.h"
#include "capabilities/missing/changes.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/sent_rows.h"
#include "clocks/london.h"
#include "identity/people.h"
#include "identity/source_records.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <fmt/format.h>
#include <map>

namespace reachable::missing {
namespace {

using identity::FeedCounts;
using identity::Import;
using identity::RowOfFile;
using storage::to_value;
using storage::Transaction;
using Reasons = std::vector<std::string>;

/// An episode that the source sent before.
struct Known {
    CaseId id;
    std::int64_t version = 0; // of the case, as the source left it
    Bytes digest;
    bool is_withdrawn = false;
};

std::optional<Known> find_sent(Transaction& transaction, const std::string& source, const std::string& reference)
{
    const auto rows = transaction.query("select case_id, version, digest, is_withdrawn from missing_sent where source "
                                        "= $1 and reference = $2",
                                        {source, reference});
    if (rows.empty()) return std::nullopt;
    const auto& row = rows.front();
    return Known{storage::id_at<CaseId>(row, 0), row.integer(1), row.bytes(2), row.integer(3) != 0};
}

Reasons reasons_of(const Problems& problems)
{
    Reasons reasons;
    for (const auto& problem : problems) reasons.push_back(problem.sentence);
    return reasons;
}

/// The child of a row, as far as taking it asks.
struct Child {
    ChildId id;
    std::vector<ChildId> records; // all that are this child's and open to everybody
    std::optional<PartialDate> born;
    AgencyId authority;
};

struct Leader {
    AgencyId id;
    TeamId team;
};

class Episodes {
  public:
    Episodes(const casework::Desk& desk, AgencyId agency, const SentMapping& mapping, SentReader& reader)
        : desk_(desk), agency_(agency), mapping_(mapping), reader_(reader)
    {
    }

    identity::KindOfRows kind()
    {
        return {
            .source = mapping_.source,
            .next = [this] { return next(); },
            .take =
                [this](Transaction& transaction, const RowOfFile& row, UtcTime now, const Import&, FeedCounts& counts) {
                    return take(transaction, *static_cast<const SentRow*>(row.content.get()), now, counts);
                },
            .begin_batch =
                [this](Transaction&) {
                    children_.clear();
                    leaders_.clear();
                }};
    }

  private:
    std::optional<RowOfFile> next()
    {
        auto read = reader_.next();
        if (!read) return std::nullopt;
        auto row = std::make_shared<SentRow>(*std::move(read));
        return RowOfFile{
            .number = row->number, .line = row->line, .text = row->text, .reasons = row->reasons, .content = row};
    }

    Reasons take(Transaction& transaction, const SentRow& row, UtcTime now, FeedCounts& counts)
    {
        const auto& episode = row.episode;
        const auto known = find_sent(transaction, mapping_.source, episode.reference);
        if (episode.is_deleted) return withdraw(transaction, episode, known, now, counts);
        const auto digest = digest_of(episode);
        if (known && !known->is_withdrawn && known->digest == digest) {
            counts.same += 1;
            return {};
        }
        const auto child = child_of(transaction, episode, now);
        if (!child) return reasons_of(child.error());
        if (auto reasons = why_not(transaction, episode, **child, known); !reasons.empty()) return reasons;
        // What was withdrawn and is sent again is an episode of its own: the first stays as it was closed.
        const bool is_new = !known || known->is_withdrawn;
        const auto acted =
            is_new ? open(transaction, episode, **child, now) : change(transaction, episode, *known, **child, now);
        if (!acted) return reasons_of(acted.error());
        (is_new ? counts.is_new : counts.changed) += 1;
        keep(transaction, episode.reference, *acted, digest, false);
        return {};
    }

    /// The answer to the same row is the same only while the mapping says the same of it.
    Bytes digest_of(const SentEpisode& episode) const
    {
        const auto what = fmt::format("{}\n{}\n{}\n{}", episode.child.reference, episode.force, episode.authority,
                                      api::write_json(episode.facts));
        const auto digest = sha256(as_bytes(what));
        return {digest.begin(), digest.end()};
    }

    /// A child by the reference that the source of people has for them; else a new record, of which the others that may
    /// be the same child are offered to people as of any new one. Nobody is guessed.
    Result<const Child*> child_of(Transaction& transaction, const SentEpisode& episode, UtcTime now)
    {
        const auto& reference = episode.child.reference;
        if (const auto found = children_.find(reference); found != children_.end()) return &found->second;
        const auto rows = transaction.query("select home, agency from source_records where source = $1 and reference = "
                                            "$2",
                                            {mapping_.people, reference});
        if (!rows.empty() && storage::id_at<AgencyId>(rows.front(), 1) != agency_)
            return refuse(ProblemKind::conflict, "names a person of a system that another agency sends");
        ChildId id;
        if (!rows.empty())
            id = storage::id_at<ChildId>(rows.front(), 0);
        else if (episode.child.names.empty())
            return refuse(ProblemKind::not_found, "names a person who was not sent before, and gives no name");
        else
            id = TRY(identity::receive(transaction, agency_, episode.child, now)).home;
        Child child{.id = id, .records = records_that_are_open(transaction, id)};
        if (const auto stored = records::find_child(transaction, id)) {
            child.born = stored->child.born;
            child.authority = stored->child.responsible_authority;
        }
        return &children_.emplace(reference, std::move(child)).first->second;
    }

    /// What is set aside for another episode tells that there is one: never of a record that is closed to some.
    static std::vector<ChildId> records_that_are_open(Transaction& transaction, ChildId child)
    {
        auto all = identity::members_of(transaction, child);
        if (all.size() == 1) return all;
        if (ties::is_restricted(transaction, child)) return {child};
        return identity::members_seen(transaction, child,
                                      [&](ChildId record) { return !ties::is_restricted(transaction, record); });
    }

    /// R-X-04, R-B-07: whoever was an adult then is no child who was missing; a child is away once at a time.
    static Reasons why_not(Transaction& transaction, const SentEpisode& episode, const Child& child,
                           const std::optional<Known>& known)
    {
        const records::Child then{.born = child.born};
        if (!records::is_child_on(then, clocks::london_day(*episode.began_at)))
            return {"is of somebody who was 18 or over by then"};
        const bool is_other = known && !known->is_withdrawn && !is_of(transaction, known->id, child);
        if (is_other) return {"is of another child than when it was sent before"};
        const auto but = known && !known->is_withdrawn ? known->id : CaseId{};
        if (!episode.was_no_absence &&
            is_away_in(transaction, child.records, *episode.began_at, episode.returned_at, but))
            return {"is of a time in which another episode of this child stands (no absence counts twice)"};
        return {};
    }
    static bool is_of(Transaction& transaction, CaseId id, const Child& child)
    {
        const auto stands = casework::load_head(transaction, id).heading.child;
        return std::ranges::find(child.records, stands) != child.records.end();
    }

    /// Who leads: the force that the row names, or the one that sends it.
    Result<Leader> leader_of(Transaction& transaction, const std::string& code)
    {
        if (const auto found = leaders_.find(code); found != leaders_.end()) return found->second;
        auto id = agency_;
        if (!code.empty()) {
            const auto agency = accounts::find_agency_by_code(transaction, code);
            if (!agency) return refuse(ProblemKind::not_found, "names a force that is not in this service");
            id = agency->id;
        }
        const auto team = coordinators_of(transaction, id);
        if (!team)
            return refuse(ProblemKind::not_found, "names a force that has nobody here who looks for missing children");
        return leaders_.emplace(code, Leader{id, *team}).first->second;
    }

    Result<> set_authority(Transaction& transaction, const SentEpisode& episode, const Child& child, Json& asked) const
    {
        auto authority = child.authority;
        if (!episode.authority.empty()) {
            const auto agency = accounts::find_agency_by_code(transaction, episode.authority);
            if (!agency) return refuse(ProblemKind::not_found, "names an authority that is not in this service");
            authority = agency->id;
        }
        if (authority.is_none()) return {};
        const auto desk = accounts::duty_desk_of(transaction, authority);
        if (desk)
            asked.set("authority", authority.text()).set("desk", desk->text());
        else if (!episode.authority.empty())
            return refuse(ProblemKind::not_found, "names an authority that has no desk here");
        return {};
    }

    /// Duties follow from what is not over by the day from which they do.
    bool is_live(const SentEpisode& episode) const
    {
        return clocks::london_day(episode.returned_at.value_or(*episode.began_at)) >= *mapping_.duties_from;
    }

    Result<casework::Acted> act(Transaction& transaction, std::string action, CaseId id, Json asked, UtcTime now) const
    {
        return casework::act_in(
            transaction, desk_, accounts::service_session(), RequestId::random(),
            {.type = episode_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)}, now);
    }

    Result<casework::Acted> open(Transaction& transaction, const SentEpisode& episode, const Child& child, UtcTime now)
    {
        const auto leader = TRY(leader_of(transaction, episode.force));
        auto asked = episode.facts;
        asked.set("child", child.id.text())
            .set("sent_by", mapping_.source)
            .set("sent_reference", episode.reference)
            .set("reported_by_agency", agency_.text())
            .set("force", leader.id.text())
            .set("team", leader.team.text())
            .set("is_live", is_live(episode));
        TRY(set_authority(transaction, episode, child, asked));
        return act(transaction, "take_sent", {}, std::move(asked), now);
    }

    /// R-B-07: when another force has taken the lead, the first one's system decides no more. It sends what is new to
    /// those who lead, as its people do.
    static Result<> still_leads(Transaction& transaction, const Known& known, const Episode& stands)
    {
        const auto sent = casework::load_version(transaction, episode_type(), known.id, known.version);
        CHECK(sent.has_value(), "the version that a system sent is not there");
        if (static_cast<const Episode*>(sent->facts.get())->force == stands.force) return {};
        return refuse(ProblemKind::conflict, "is of an episode that another force leads now: tell them");
    }

    /// What the source says anew; but what people wrote here since stands.
    Json changed_facts(Transaction& transaction, const SentEpisode& episode, const Known& known,
                       const casework::LoadedCase& stands) const
    {
        const auto& type = episode_type();
        const auto sent = casework::load_version(transaction, type, known.id, known.version);
        CHECK(sent.has_value(), "the version that a system sent is not there");
        const auto then = casework::facts_to_json(type, sent->facts.get());
        const auto now = casework::facts_to_json(type, stands.facts.get());
        auto asked = Json::object();
        for (const auto& ask : casework::asks_of(*type.find_action("change_sent"))) {
            const auto* new_value = episode.facts.find(ask.name);
            const auto* old_value = then.find(ask.name);
            const auto* here = now.find(ask.name);
            const auto is_same = [](const Json* one, const Json* other) {
                return one == nullptr || other == nullptr ? one == other : *one == *other;
            };
            if (is_same(new_value, old_value) || !is_same(old_value, here)) continue;
            if (ask.name == "authority" || ask.name == "desk" || ask.name == "is_live") continue;
            asked.set(ask.name, new_value == nullptr ? Json() : *new_value);
        }
        return asked;
    }

    Result<casework::Acted> change(Transaction& transaction, const SentEpisode& episode, const Known& known,
                                   const Child& child, UtcTime now)
    {
        const auto stands = casework::load_case(transaction, episode_type(), known.id);
        CHECK(stands.has_value(), "an episode that a system sent is not there");
        const auto& facts = *static_cast<const Episode*>(stands->facts.get());
        TRY(still_leads(transaction, known, facts));
        const bool is_away = !is_over(stands->head);
        const bool was_back = facts.returned_at.has_value();
        if (stands->head.state == reclassified) {
            if (episode.was_no_absence) return casework::Acted{known.id, stands->head.version, stands->head.state};
            return refuse(ProblemKind::conflict, "says that the child was away, and here it stands that it was not");
        }
        if (episode.was_no_absence)
            return act(transaction, "withdraw_sent", known.id,
                       Json::object().set("reclassified_because", *episode.facts.find("reclassified_because")), now);
        if (!is_away && was_back && !episode.returned_at && facts.sent_by == mapping_.source)
            return refuse(
                ProblemKind::conflict,
                "says that a child is away whose return stands here: send a new episode, or when it came back");
        auto asked = changed_facts(transaction, episode, known, *stands);
        TRY(set_authority(transaction, episode, child, asked));
        if (is_away && episode.returned_at) {
            asked.set("is_live", is_live(episode)).set("returned_at", to_iso(*episode.returned_at));
            return act(transaction, "end_sent", known.id, std::move(asked), now);
        }
        const bool is_graded = is_away && asked.find("levels_sent") != nullptr && episode.facts.find("levels_sent");
        return act(transaction, is_graded ? "grade_sent" : "change_sent", known.id, std::move(asked), now);
    }

    /// Kept and counted, with the reason.
    Reasons withdraw(Transaction& transaction, const SentEpisode& episode, const std::optional<Known>& known,
                     UtcTime now, FeedCounts& counts)
    {
        if (!known || known->is_withdrawn) {
            counts.same += 1;
            return {};
        }
        const auto stands = casework::load_case(transaction, episode_type(), known->id);
        CHECK(stands.has_value(), "an episode that a system sent is not there");
        const auto leads = still_leads(transaction, *known, *static_cast<const Episode*>(stands->facts.get()));
        if (!leads) return reasons_of(leads.error());
        if (stands->head.state != reclassified) {
            const auto acted =
                act(transaction, "withdraw_sent", known->id,
                    Json::object().set("reclassified_because", "Withdrawn by the system that sent it"), now);
            if (!acted) return reasons_of(acted.error());
            keep(transaction, episode.reference, *acted, known->digest, true);
        } else
            transaction.execute("update missing_sent set is_withdrawn = 1 where source = $1 and reference = $2",
                                {mapping_.source, episode.reference});
        counts.withdrawn += 1;
        return {};
    }

    void keep(Transaction& transaction, const std::string& reference, const casework::Acted& acted, const Bytes& digest,
              bool is_withdrawn) const
    {
        transaction.execute("insert into missing_sent (source, reference, agency, case_id, version, digest, "
                            "is_withdrawn) values ($1, $2, $3, $4, $5, $6, $7) on conflict (source, reference) do "
                            "update set case_id = excluded.case_id, version = excluded.version, digest = "
                            "excluded.digest, is_withdrawn = excluded.is_withdrawn",
                            {mapping_.source, reference, to_value(agency_), to_value(acted.id), acted.version, digest,
                             std::int64_t{is_withdrawn ? 1 : 0}});
    }

    const casework::Desk& desk_;
    AgencyId agency_;
    const SentMapping& mapping_;
    SentReader& reader_;
    std::map<std::string, Child> children_; // of this batch
    std::map<std::string, Leader> leaders_;
};

/// A source is one agency's, and sends one kind of rows.
Result<> may_be_sent_by(const casework::Desk& desk, const identity::Feed& feed, const SentMapping& mapping)
{
    bool is_anothers = false;
    bool is_of_people = false;
    desk.database.read([&](Transaction& transaction) {
        const auto sent =
            transaction.query("select agency from missing_sent where source = $1 limit 1", {mapping.source});
        const auto people =
            transaction.query("select agency from source_records where source = $1 limit 1", {mapping.people});
        const auto is_another = [&](const storage::Rows& rows) {
            return !rows.empty() && storage::id_at<AgencyId>(rows.front(), 0) != feed.agency;
        };
        is_anothers = is_another(sent) || is_another(people);
        is_of_people =
            !transaction.query("select agency from source_records where source = $1 limit 1", {mapping.source}).empty();
    });
    if (is_anothers)
        return refuse(ProblemKind::conflict,
                      fmt::format("Another agency sends {} or {}: give the source a name of its own", mapping.source,
                                  mapping.people),
                      "source");
    if (is_of_people)
        return refuse(ProblemKind::conflict,
                      fmt::format("{} sends people: give the source of episodes a name of its own", mapping.source),
                      "source");
    return {};
}

} // namespace

Result<identity::FeedReport> import_episodes(const casework::Desk& desk, const identity::Feed& feed,
                                             const identity::FeedWork& work)
{
    const auto mapping = TRY(read_sent_mapping(feed.mapping, desk.lists, clocks::london_day(work.now())));
    TRY(may_be_sent_by(desk, feed, mapping));
    auto reader = TRY(SentReader::open(feed.text, mapping));
    Episodes episodes(desk, feed.agency, mapping, reader);
    auto report = identity::import_rows(desk.database, feed, work, episodes.kind());
    report.never_filled = reader.never_filled();
    return report;
}

} // namespace reachable::missing
