#include "capabilities/missing/sent_episodes.h"

#include "api/json.h"
#include "capabilities/missing/absences.h"
#include "capabilities/missing/changes.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/sent_batch.h"
#include "clocks/london.h"
#include "identity/source_records.h"
#include "storage/columns.h"

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

Reasons reasons_of(const Problems& problems)
{
    Reasons reasons;
    for (const auto& problem : problems) reasons.push_back(problem.sentence);
    return reasons;
}

struct Leader {
    AgencyId id;
    TeamId team;
};

/// The desk without some consequences.
casework::Desk without(casework::Desk desk, std::span<const AtOnce::Happen> left_out)
{
    std::erase_if(desk.consequences, [&](const casework::Consequence& one) {
        return one.type == episode_type().name && one.action.ends_with("_sent") &&
               std::ranges::find(left_out, one.happen) != left_out.end();
    });
    return desk;
}

class Episodes {
  public:
    Episodes(const casework::Desk& desk, AgencyId agency, const SentMapping& mapping, SentReader& reader,
             const AtOnce& at_once)
        : desk_(without(desk, at_once.instead_of)), desk_of_history_(without(desk_, at_once.not_of_history)),
          agency_(agency), mapping_(mapping), reader_(reader), at_once_(at_once)
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
            .begin_batch = [this](Transaction& transaction,
                                  std::span<const RowOfFile> rows) { begin(transaction, rows); },
            .end_rows =
                [this](Transaction& transaction, UtcTime now) {
                    if (at_once_.happen) at_once_.happen(desk_, transaction, taken_, now);
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

    void begin(Transaction& transaction, std::span<const RowOfFile> rows)
    {
        batch_.read(transaction, mapping_, rows);
        leaders_.clear();
        desks_.clear();
        taken_.clear();
    }

    Reasons take(Transaction& transaction, const SentRow& row, UtcTime now, FeedCounts& counts)
    {
        const auto& episode = row.episode;
        const auto* known = batch_.before(episode.reference);
        if (episode.is_deleted) return withdraw(transaction, episode, known, now, counts);
        const auto digest = digest_of(episode);
        if (known && !known->is_withdrawn && known->digest == digest) {
            counts.same += 1;
            return {};
        }
        const auto child = child_of(episode);
        if (!child) return reasons_of(child.error());
        if (auto reasons = why_not(transaction, episode, *child, known); !reasons.empty()) return reasons;
        // What was withdrawn and is sent again is an episode of its own: the first stays as it was closed.
        const bool is_new = known == nullptr || known->is_withdrawn;
        const auto acted =
            is_new ? open(transaction, episode, *child, now) : change(transaction, episode, *known, *child, now);
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

    /// A child by the reference that the source of people has for them; else one of whom no record is made before it is
    /// sure that the row is taken. Nobody is guessed.
    Result<SentChild> child_of(const SentEpisode& episode) const
    {
        if (const auto* known = batch_.child(episode.child.reference)) {
            if (known->sent_by == agency_) return *known;
            return refuse(ProblemKind::conflict, "names a person of a system that another agency sends");
        }
        if (!episode.child.names.empty()) return SentChild{.sent_by = agency_, .born = episode.child.born};
        return refuse(ProblemKind::not_found, "names a person who was not sent before, and gives no name");
    }

    /// A new record, of which the others that may be the same child are offered to people as of any new one.
    Result<SentChild> make_record(Transaction& transaction, const SentEpisode& episode, SentChild child, UtcTime now)
    {
        child.id = TRY(identity::receive(transaction, agency_, episode.child, now)).home;
        child.records = {child.id};
        return batch_.add_child(episode.child.reference, std::move(child));
    }

    /// R-X-04, R-B-07: whoever was an adult then is no child who was missing; a child is away once at a time.
    Reasons why_not(Transaction& transaction, const SentEpisode& episode, const SentChild& child,
                    const SentBefore* known) const
    {
        const records::Child then{.born = child.born};
        if (!records::is_child_on(then, clocks::london_day(*episode.began_at)))
            return {"is of somebody who was 18 or over by then"};
        const bool stands = known != nullptr && !known->is_withdrawn;
        if (stands && !is_of(transaction, known->id, child))
            return {"is of another child than when it was sent before"};
        if (!episode.was_no_absence && !child.id.is_none() &&
            batch_.is_away(transaction, child, *episode.began_at, episode.returned_at, stands ? known->id : CaseId{}))
            return {"is of a time in which another episode of this child stands (no absence counts twice)"};
        return {};
    }
    static bool is_of(Transaction& transaction, CaseId id, const SentChild& child)
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

    Result<> set_authority(Transaction& transaction, const SentEpisode& episode, const SentChild& child, Json& asked)
    {
        auto authority = child.authority;
        if (!episode.authority.empty()) {
            const auto agency = accounts::find_agency_by_code(transaction, episode.authority);
            if (!agency) return refuse(ProblemKind::not_found, "names an authority that is not in this service");
            authority = agency->id;
        }
        if (authority.is_none()) return {};
        const auto found = desks_.find(authority);
        const auto desk = found != desks_.end()
                              ? found->second
                              : desks_.emplace(authority, accounts::duty_desk_of(transaction, authority)).first->second;
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

    /// `is_history`: it was over before duties began.
    Result<casework::Acted> act(Transaction& transaction, std::string action, CaseId id, Json asked, UtcTime now,
                                bool is_history = false)
    {
        const PuttingDown putting_down(taken_);
        return casework::act_in(
            transaction, is_history ? desk_of_history_ : desk_, accounts::service_session(), RequestId::random(),
            {.type = episode_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)}, now);
    }

    /// What the act would refuse by its own rules, asked before anything is written.
    Result<> fits(Transaction& transaction, const Json& asked, UtcTime now) const
    {
        Episode facts;
        for (const auto& [name, value] : *asked.members())
            if (const auto* field = episode_type().find_field(name)) TRY(field->read(&facts, value));
        const auto session = accounts::service_session();
        return what_was_sent_fits(facts, {.desk = desk_,
                                          .transaction = transaction,
                                          .session = session,
                                          .now = now,
                                          .case_id = {},
                                          .state = casework::nothing_yet,
                                          .asked = asked,
                                          .next_state = {},
                                          .writes = {},
                                          .notices = {},
                                          .mails = {}});
    }

    Result<casework::Acted> open(Transaction& transaction, const SentEpisode& episode, SentChild child, UtcTime now)
    {
        const auto leader = TRY(leader_of(transaction, episode.force));
        const bool is_history = !is_live(episode) && episode.returned_at;
        auto asked = episode.facts;
        asked.set("sent_by", mapping_.source)
            .set("sent_reference", episode.reference)
            .set("reported_by_agency", agency_.text())
            .set("force", leader.id.text())
            .set("team", leader.team.text())
            .set("is_live", is_live(episode));
        TRY(set_authority(transaction, episode, child, asked));
        if (child.id.is_none()) {
            TRY(fits(transaction, asked, now));
            child = TRY(make_record(transaction, episode, std::move(child), now));
        }
        asked.set("child", child.id.text());
        auto acted = TRY(act(transaction, "take_sent", {}, std::move(asked), now, is_history));
        if (!is_history)
            batch_.forget_absences(child);
        else if (!episode.was_no_absence)
            batch_.add_absence(child, acted.id, *episode.began_at, episode.returned_at);
        return acted;
    }

    /// R-B-07: when another force has taken the lead, the first one's system decides no more. It sends what is new to
    /// those who lead, as its people do.
    static Result<> still_leads(Transaction& transaction, const SentBefore& known, const Episode& stands)
    {
        const auto sent = casework::load_version(transaction, episode_type(), known.id, known.version);
        CHECK(sent.has_value(), "the version that a system sent is not there");
        if (static_cast<const Episode*>(sent->facts.get())->force == stands.force) return {};
        return refuse(ProblemKind::conflict, "is of an episode that another force leads now: tell them");
    }

    /// What the source says anew; but what people wrote here since stands.
    Json changed_facts(Transaction& transaction, const SentEpisode& episode, const SentBefore& known,
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

    Result<casework::Acted> change(Transaction& transaction, const SentEpisode& episode, const SentBefore& known,
                                   const SentChild& child, UtcTime now)
    {
        batch_.forget_absences(child);
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
    Reasons withdraw(Transaction& transaction, const SentEpisode& episode, const SentBefore* known, UtcTime now,
                     FeedCounts& counts)
    {
        if (known == nullptr || known->is_withdrawn) {
            counts.same += 1;
            return {};
        }
        const auto stands = casework::load_case(transaction, episode_type(), known->id);
        CHECK(stands.has_value(), "an episode that a system sent is not there");
        const auto child = stands->head.heading.child;
        batch_.forget_absences({.id = child, .records = {child}});
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

    const casework::Desk desk_;
    const casework::Desk desk_of_history_;
    AgencyId agency_;
    const SentMapping& mapping_;
    SentReader& reader_;
    const AtOnce& at_once_;
    // Of this batch:
    SentBatch batch_;
    std::map<std::string, Leader> leaders_;
    std::map<AgencyId, std::optional<TeamId>> desks_;
    std::vector<TakenEpisode> taken_;
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
                                             const identity::FeedWork& work, const AtOnce& at_once)
{
    const auto mapping = TRY(read_sent_mapping(feed.mapping, desk.lists, clocks::london_day(work.now())));
    TRY(may_be_sent_by(desk, feed, mapping));
    auto reader = TRY(SentReader::open(feed.text, mapping));
    Episodes episodes(desk, feed.agency, mapping, reader, at_once);
    auto report = identity::import_rows(desk.database, feed, work, episodes.kind());
    report.never_filled = reader.never_filled();
    return report;
}

} // namespace reachable::missing
