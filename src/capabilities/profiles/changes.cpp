// What a profile must say, what an act notes, and who is told of it; each rule with its words.
#include "accounts/accounts.h"
#include "base/text.h"
#include "capabilities/profiles/photograph_store.h"
#include "capabilities/profiles/profile.h"
#include "capabilities/profiles/profiles.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "records/given.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::profiles {
namespace {

using accounts::Role;
using storage::Transaction;
using enum ProblemKind;

constexpr std::string_view no_such_child = "There is no such child's record, or it is not open to you";

Result<> check_the_child_is_one(const Profile& profile, const Context& context)
{
    if (!profile.born_given) return {};
    const auto day = clocks::london_day(context.now);
    if (profile.born_given->earliest() > day)
        return refuse(malformed, "The date of birth must be in the past", "born_given");
    if (records::is_child_on(records::Child{.born = profile.born_given}, day)) return {};
    return refuse(malformed, "By this date of birth the person is 18 or over. Check the date", "born_given");
}

/// The record that a social worker chose among the children on their list. A home has no list but its profiles, and so
/// opens one of a child who is new to it.
Result<> note_the_child(Profile& profile, Context& context)
{
    if (profile.child.is_none()) {
        auto record = records::new_record(profile.name_given, profile.born_given, {},
                                          {.agency = context.session.agency,
                                           .recorded_at = context.now,
                                           .known_by = "those who look after the child"});
        profile.child = record.child;
        context.writes.push_back(record.storing("profile opened", context.session.worker, context.now));
        return {};
    }
    const auto own = ties::list_of(context.transaction, context.session.worker, context.now);
    const auto record = records::find_child(context.transaction, profile.child);
    const bool is_theirs = std::ranges::find(own, profile.child) != own.end();
    if (!is_theirs || !record || !casework::is_open_to(context, profile.child, "profile.open"))
        return refuse(not_found, std::string(no_such_child), "child");
    if (records::contradicts(record->child, profile.name_given, profile.born_given))
        return refuse(malformed, "This record does not fit the name and the date of birth that you entered", "child");
    if (!open_profile_of(context.transaction, profile.child, context.session, context.now).is_none())
        return refuse(out_of_order, "A profile of this child is kept already", "child");
    return {};
}

/// The home that looks after the child, of whichever organisation: its team keeps the profile from now on.
Result<> note_the_home(Profile& profile, Context& context)
{
    const auto name = to_lower_ascii(trim(profile.staff_name));
    if (name.empty()) {
        profile.keeper = context.session.agency;
        profile.team = context.session.team;
        return {};
    }
    if (context.session.role != Role::SW)
        return refuse(withheld, "The child's social worker says which home looks after the child", "staff_name");
    const auto worker = accounts::find_worker_by_name(context.transaction, name);
    const auto posts =
        worker && worker->is_open ? accounts::posts_of(context.transaction, worker->id) : std::vector<accounts::Post>{};
    const auto post = std::ranges::find(posts, Role::PLAC, &accounts::Post::role);
    // R-P-08: a team of somebody's own family does not learn that it would have been asked.
    if (post == posts.end() || ties::is_closed_to_team(context.transaction, profile.child, post->team))
        return refuse(missing, "Nobody of that sign-in name looks after children", "staff_name");
    profile.keeper = worker->agency;
    profile.team = post->team;
    context.writes.push_back([to = notices::Addressee{profile.keeper, profile.team}, id = context.case_id,
                              now = context.now](Transaction& transaction) {
        notices::store_notice(transaction, to, id, {.code = "profile.passed", .role = Role::PLAC}, {}, now);
    });
    return {};
}

/// Who is responsible for the child by the record goes before what somebody says.
void note_the_authority(Profile& profile, Context& context)
{
    if (const auto stored = records::find_child(context.transaction, profile.child)) {
        const auto responsible = stored->child.responsible_authority;
        if (!responsible.is_none()) profile.authority = responsible;
        if (profile.authority.is_none()) profile.authority = stored->child.host_authority;
    }
    if (profile.authority.is_none() && context.session.agency_kind == accounts::AgencyKind::local_authority)
        profile.authority = context.session.agency;
    if (const auto desk = accounts::duty_desk_of(context.transaction, profile.authority))
        profile.desk = *desk;
    else
        profile.authority = {};
}

/// Which words they are told is noted with what they say to them: words that change later ask nobody anew by that.
void note_what_the_child_was_told(Profile& profile, const Context& context)
{
    if (context.asked.find("told") == nullptr) return;
    const auto words = context.desk.lists.codes_on("profiles.consent", clocks::london_day(context.now));
    profile.told_text = words.empty() || profile.told == "not_told" ? std::string() : words.front()->code;
}

/// Every change says that somebody looked at it; what they left alone is so still.
void note_who_confirmed(Profile& profile, const Context& context)
{
    profile.confirmed_at = context.now;
    profile.confirmed_by = context.session.worker;
}

/// A photograph that is needed no longer is gone: no earlier version leads to it.
void forget_photographs(Context& context)
{
    context.writes.push_back(
        [id = context.case_id](Transaction& transaction) { forget_photographs_of(transaction, id); });
}

} // namespace

bool is_of_a_child_in_care(const void* facts)
{
    return static_cast<const Profile*>(facts)->is_in_care.value_or(false);
}
bool is_of_another_child(const void* facts)
{
    return !is_of_a_child_in_care(facts);
}

/// 4.B, profile: "child's own view of what should happen when missing. Consent text for the child explaining use."
/// Without the child it is kept only for a reason.
Result<> the_profile_is_whole(const Profile& profile, const Context& context)
{
    TRY(check_the_child_is_one(profile, context));
    Problems problems;
    for (const auto& [is_empty, field] : {std::pair{profile.home.empty(), "home"},
                                          {profile.contact.empty(), "contact"},
                                          {profile.looks.words.empty(), "looks"},
                                          {profile.look_first.words.empty(), "look_first"},
                                          {profile.health.words.empty(), "health"}})
        if (is_empty)
            problems.push_back({missing, "A report asks no more what a profile says: do not leave it empty", field});
    if (profile.told != "agrees" && profile.told_because.empty())
        problems.push_back({missing, "Say why it is kept, though the child does not agree to it", "told_because"});
    if (!profile.child_view.words.empty() && profile.child_view_language.empty())
        problems.push_back({missing, "Say in which language the words stand", "child_view_language"});
    for (const auto& place : profile.places)
        if (place.where.empty()) problems.push_back({missing, "Write down the address or the place", "places-where"});
    return refuse_if_any(std::move(problems));
}

/// The page keeps the bytes, and then acts; over the API nobody names a picture that is not there.
Result<> the_photograph_is_there(const Profile& profile, const Context& context)
{
    if (!is_photograph_kept(context.transaction, context.case_id, profile.photo))
        return refuse(missing, "Choose a photograph", "photo");
    if (profile.photo_taken_on && *profile.photo_taken_on > clocks::london_day(context.now))
        return refuse(malformed, "The day on which it was taken must be in the past", "photo_taken_on");
    return {};
}

Result<> note_opening(Profile& profile, const Profile&, Context& context)
{
    TRY(note_the_child(profile, context));
    TRY(note_the_home(profile, context));
    note_the_authority(profile, context);
    note_what_the_child_was_told(profile, context);
    profile.opened_at = context.now;
    note_who_confirmed(profile, context);
    return {};
}

Result<> note_update(Profile& profile, const Profile&, Context& context)
{
    note_what_the_child_was_told(profile, context);
    note_who_confirmed(profile, context);
    return {};
}

Result<> note_confirmation(Profile& profile, const Profile&, Context& context)
{
    note_who_confirmed(profile, context);
    return {};
}

Result<> note_photograph(Profile& profile, const Profile& before, Context& context)
{
    note_who_confirmed(profile, context);
    if (!before.photo.empty() && before.photo != profile.photo)
        context.writes.push_back([id = context.case_id, digest = before.photo](Transaction& transaction) {
            forget_photograph(transaction, id, digest);
        });
    return {};
}

Result<> take_the_photograph_away(Profile& profile, const Profile&, Context& context)
{
    if (profile.photo.empty()) return refuse(out_of_order, "There is no photograph");
    profile.photo.clear();
    profile.photo_taken_on.reset();
    forget_photographs(context);
    return {};
}

/// 4.B, short script: "if matched, greet with 'we have the profile, is anything different?'" That there is one is told,
/// and nothing that stands in it: it opens with the report.
Result<> note_asked(Profile& profile, const Profile&, Context& context)
{
    profile.asked_for.push_back({context.session.agency, context.now});
    return {};
}

Result<> pass_to_a_home(Profile& profile, const Profile& before, Context& context)
{
    TRY(note_the_home(profile, context));
    if (profile.team == before.team && profile.keeper == before.keeper)
        return refuse(malformed, "They keep it already", "staff_name");
    note_who_confirmed(profile, context);
    return {};
}

Result<> note_end(Profile& profile, const Profile&, Context& context)
{
    profile.ended_at = context.now;
    profile.photo.clear();
    forget_photographs(context);
    return {};
}

} // namespace reachable::profiles
