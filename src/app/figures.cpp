#include "app/figures.h"

#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/measures/figures.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/triggers.h"
#include "capabilities/profiles/counted.h"
#include "capabilities/profiles/profiles.h"
#include "clocks/london.h"
#include "identity/people.h"
#include "identity/people_each.h"
#include "storage/query_each.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::app {
namespace {

using casework::Desk;
using storage::Transaction;

bool is_among(std::string_view one, std::initializer_list<std::string_view> all)
{
    return std::ranges::find(all, one) != all.end();
}

/// Nothing of a protected record is counted beside its episode: neither its age nor where the child lives.
std::optional<records::Child> record_for_counts(Transaction& transaction, ChildId child)
{
    if (ties::is_sealed(transaction, child)) return std::nullopt;
    auto stored = records::find_child(transaction, child);
    if (!stored) return std::nullopt;
    return std::move(stored->child);
}

/// The same of many. A child of whose record nothing is counted is not among them.
std::map<ChildId, records::Child> records_for_counts(Transaction& transaction, const std::set<ChildId>& children)
{
    constexpr std::size_t most_at_once = 500;
    std::map<ChildId, records::Child> all;
    const std::vector<ChildId> asked(children.begin(), children.end());
    for (std::span<const ChildId> left = asked; !left.empty();
         left = left.subspan(std::min(left.size(), most_at_once))) {
        const auto some = left.first(std::min(left.size(), most_at_once));
        const auto known = ties::ties_for(transaction, some, {});
        const auto stored = records::find_children(transaction, some);
        const auto is_sealed = [](const ties::Tie& tie) { return tie.kind == ties::Kind::sealed && !tie.ended_at; };
        for (const auto& [id, child] : *stored)
            if (std::ranges::none_of(known.at(id), is_sealed)) all.emplace(id, child);
    }
    return all;
}

/// True if the episode itself says that the child is in care.
bool was_said_in_care(const missing::Episode& episode)
{
    const bool was_said = std::ranges::any_of(episode.grades, [](const missing::Graded& graded) {
        return std::ranges::find(graded.considered, "in_care") != graded.considered.end();
    });
    return was_said || is_among(episode.missing_from, {"foster", "childrens_home", "semi_independent"});
}

/// `record`: null where nothing of it is counted.
std::string care_of(const missing::Episode& episode, const records::Child* record)
{
    if (was_said_in_care(episode)) return "in_care";
    if (record == nullptr || record->care_status == "unknown") return "care_not_known";
    const bool is_so =
        is_among(record->care_status, {"by_agreement", "care_order", "interim_care_order", "remand", "unaccompanied"});
    return is_so ? "in_care" : "not_in_care";
}

bool was_regraded(const missing::Episode& episode)
{
    return std::ranges::any_of(
        episode.grades, [&](const missing::Graded& graded) { return graded.level != episode.grades.front().level; });
}

std::string_view standing_of(std::string_view state)
{
    if (state == missing::reclassified) return measures::not_missing;
    if (state == missing::located) return measures::located;
    return is_among(state, {missing::reported, missing::active}) ? measures::away : measures::over;
}

using Profiles = std::map<ChildId, profiles::Counted>;

/// By any record of the child; null: none is kept.
const profiles::Counted* profile_among(const Profiles& known, std::span<const ChildId> records)
{
    for (const auto record : records)
        if (const auto found = known.find(record); found != known.end()) return &found->second;
    return nullptr;
}

/// Those of whose record nothing is counted beside the episode: not either that no profile is kept.
std::set<ChildId> protected_among(Transaction& transaction, const std::set<ChildId>& children)
{
    std::vector<storage::Values> asked;
    for (const auto child : children) asked.push_back({storage::to_value(child)});
    std::set<ChildId> all;
    for (const auto& rows : storage::query_each(
             transaction, "select child from ties where child = $1 and kind = 'sealed' and ended_at is null", asked))
        for (const auto& row : rows) all.insert(storage::id_at<ChildId>(row, 0));
    return all;
}

std::string profile_when_reported(const missing::Episode& episode, const profiles::Counted* profile)
{
    if (!episode.was_reported.value_or(true)) return {};
    const auto reported = episode.reported_at.value_or(missing::began_at(episode));
    if (profile == nullptr || profile->opened_at > reported) return "none";
    return profile->confirm_by < reported ? "out_of_date" : "current";
}

/// `record` and `profile`: null where nothing of it is counted.
measures::EpisodeFigure figure_of(CaseId id, std::string_view state, const missing::Episode& episode,
                                  const records::Child* record, const profiles::Counted* profile)
{
    const bool is_back = standing_of(state) == measures::over;
    return {.id = id,
            .child = episode.child,
            .force = episode.force,
            .began_at = missing::began_at(episode),
            .stands = std::string(standing_of(state)),
            .level = std::string(missing::level_of(episode)),
            .was_reported = episode.was_reported.value_or(true),
            .was_regraded = was_regraded(episode),
            .barrier = episode.late_because,
            .care = care_of(episode, record),
            .distance = is_back ? episode.found_distance : std::string(),
            .ethnicity = profile == nullptr ? std::string() : profile->ethnicity,
            .profile = profile_when_reported(episode, profile)};
}

void keep_episode(const Desk& desk, Transaction& transaction, const casework::CaseHead& head, UtcTime)
{
    const auto loaded = casework::load_case(transaction, missing::episode_type(), head.id);
    CHECK(loaded.has_value(), "an episode that is counted is not there");
    const auto& episode = *static_cast<const missing::Episode*>(loaded->facts.get());
    const auto record = was_said_in_care(episode) ? std::nullopt : record_for_counts(transaction, episode.child);
    const auto records = identity::members_of(transaction, episode.child);
    const auto known = profiles::counted_profiles(transaction, desk, records);
    auto figure =
        figure_of(head.id, loaded->head.state, episode, record ? &*record : nullptr, profile_among(known, records));
    if (ties::is_sealed(transaction, episode.child)) figure.profile.clear();
    measures::keep(transaction, figure, records);
}

/// What `keep_episode` keeps after each act, of all episodes of a batch.
void keep_episodes(const Desk& desk, Transaction& transaction, std::span<const missing::TakenEpisode> taken, UtcTime)
{
    std::vector<ChildId> children;
    std::set<ChildId> looked_up;
    for (const auto& one : taken) {
        children.push_back(one.episode.child);
        if (!was_said_in_care(one.episode)) looked_up.insert(one.episode.child);
    }
    const auto records = records_for_counts(transaction, looked_up);
    const auto members = identity::members_of_each(transaction, children);
    std::set<ChildId> all_records;
    for (const auto& [child, of_one] : members) all_records.insert(of_one.begin(), of_one.end());
    const auto known =
        profiles::counted_profiles(transaction, desk, std::vector<ChildId>(all_records.begin(), all_records.end()));
    const auto hidden = protected_among(transaction, {children.begin(), children.end()});
    std::vector<measures::EpisodeFigure> figures;
    for (const auto& one : taken) {
        const auto record = records.find(one.episode.child);
        figures.push_back(figure_of(one.id, one.state, one.episode, record == records.end() ? nullptr : &record->second,
                                    profile_among(known, members.at(one.episode.child))));
        figures.back().is_new = one.is_new;
        if (hidden.contains(one.episode.child)) figures.back().profile.clear();
    }
    measures::keep(transaction, figures, members);
}

void note_ethnicity_of(const Desk& desk, Transaction& transaction, ChildId child)
{
    const auto records = identity::members_of(transaction, child);
    const auto known = profiles::counted_profiles(transaction, desk, records);
    const auto* profile = profile_among(known, records);
    measures::note_ethnicity(transaction, records, profile == nullptr ? std::string() : profile->ethnicity);
}

/// Whoever keeps a profile asked the child, or was told otherwise: the absences of before count with that.
void keep_ethnicity(const Desk& desk, Transaction& transaction, const casework::CaseHead& head, UtcTime)
{
    note_ethnicity_of(desk, transaction, head.heading.child);
}

std::string age_group(const std::optional<records::Child>& record, UtcTime at)
{
    const auto age = record ? records::age_on(record->born, clocks::london_day(at)) : std::nullopt;
    if (!age) return "age_not_known";
    if (*age < 12) return "under_12";
    return *age < 15 ? "12_14" : "15_17";
}

std::string area_group(const std::optional<records::Child>& record)
{
    if (!record || record->responsible_authority.is_none() || record->host_authority.is_none()) return "area_not_known";
    return record->responsible_authority == record->host_authority ? "in_area" : "out_of_area";
}

void keep_interview(const Desk&, Transaction& transaction, const casework::CaseHead& head, UtcTime)
{
    constexpr auto in_time = hours{72};
    const auto loaded = casework::load_case(transaction, interviews::interview_type(), head.id);
    CHECK(loaded.has_value(), "an interview that is counted is not there");
    const auto& interview = *static_cast<const interviews::Interview*>(loaded->facts.get());
    const auto returned = interview.returned_at.value_or(loaded->head.opened_at);
    const auto record = record_for_counts(transaction, interview.child);
    const auto team = accounts::find_team(transaction, interview.desk);
    const bool said_yes = std::ranges::any_of(interview.offers, [](const auto& one) { return one.answer == "yes"; });
    measures::keep(transaction,
                   measures::InterviewFigure{
                       .id = head.id,
                       .force = interview.force,
                       .provider = team ? team->agency : interview.authority,
                       .returned_at = returned,
                       .age = age_group(record, returned),
                       .area = area_group(record),
                       .was_offered = !interview.offers.empty(),
                       .was_accepted = said_yes || interview.held_at.has_value(),
                       .was_held = interview.held_at.has_value(),
                       .is_in_72_hours = interview.held_at && *interview.held_at - returned <= in_time,
                       .is_shared = !interview.shared.empty(),
                       .is_acted_upon = !interview.shared.empty() && loaded->head.state == interviews::actioned,
                   });
}

/// What was done while the record was sealed was counted without what the record says.
void keep_what_was_protected(const Desk& desk, Transaction& transaction, const casework::CaseHead& restriction,
                             UtcTime now)
{
    if (ties::is_sealed(transaction, restriction.heading.child)) return;
    for (const auto& [type, keep] :
         {std::pair{&missing::episode_type(), &keep_episode}, {&interviews::interview_type(), &keep_interview}})
        for (const auto id : storage::ids_at<CaseId>(
                 transaction.query("select id from cases where child = $1 and type = $2",
                                   {storage::to_value(restriction.heading.child), std::string(type->name)}),
                 0))
            keep(desk, transaction, casework::load_head(transaction, id), now);
}

} // namespace

std::vector<casework::Consequence> consequences_for_figures()
{
    std::vector<casework::Consequence> all;
    for (const auto& action : missing::episode_type().actions)
        all.push_back({missing::episode_type().name, action.name, keep_episode});
    for (const auto& action : interviews::interview_type().actions)
        all.push_back({interviews::interview_type().name, action.name, keep_interview});
    for (const auto* action : {"open", "update"})
        all.push_back({profiles::profile_type().name, action, keep_ethnicity});
    all.push_back({"restriction", "lift", keep_what_was_protected});
    return all;
}

missing::AtOnce figures_at_once()
{
    return {.instead_of = {keep_episode}, .not_of_history = {}, .happen = keep_episodes};
}

void count_again(const Desk& desk, Transaction& transaction, ChildId child)
{
    measures::mark_repeats(transaction, identity::members_of(transaction, child));
    note_ethnicity_of(desk, transaction, child);
}

namespace {

/// One that cannot be read is passed over and told: it holds up neither the start nor what can be counted.
void keep_of_before(const Desk& desk, Transaction& transaction, const casework::CaseType& type, CaseId id,
                    std::vector<std::string>& faults)
{
    try {
        const auto head = casework::load_head(transaction, id);
        (&type == &missing::episode_type() ? keep_episode : keep_interview)(desk, transaction, head, {});
    } catch (const Bug& fault) {
        faults.push_back(fmt::format("Case {} ({}) is not counted: {}.", id.text(), type.name, fault.what()));
    }
}

/// The faults of one kind of case, some hundreds in a transaction.
std::vector<std::string> keep_all_of_before(const Desk& desk, const casework::CaseType& type, UtcTime now)
{
    constexpr std::size_t at_once = 500;
    std::vector<std::string> faults;
    CaseId after;
    for (bool has_more = true; has_more;) {
        std::vector<CaseId> ids;
        std::vector<std::string> these;
        desk.database.write([&](Transaction& transaction) {
            these.clear();
            ids = measures::not_kept_yet(transaction, type.name, after, at_once);
            for (const auto id : ids) keep_of_before(desk, transaction, type, id, these);
            if (ids.size() < at_once && faults.empty() && these.empty())
                measures::note_all_kept(transaction, type.name, now);
        });
        faults.insert(faults.end(), these.begin(), these.end());
        has_more = ids.size() == at_once;
        if (has_more) after = ids.back();
    }
    return faults;
}

} // namespace

std::vector<std::string> keep_figures_of_before(const Desk& desk, UtcTime now)
{
    std::vector<std::string> faults;
    for (const auto* type : {&missing::episode_type(), &interviews::interview_type()})
        for (auto& fault : keep_all_of_before(desk, *type, now)) faults.push_back(std::move(fault));
    return faults;
}

} // namespace reachable::app
