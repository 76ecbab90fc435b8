#include "capabilities/custody/accommodation.h"

#include "capabilities/custody/rules.h"
#include "capabilities/custody/telling.h"
#include "clocks/london.h"
#include "records/reasons.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

using enum accounts::Role;

constexpr std::string_view a_bed_is_found = "found";
constexpr std::string_view a_secure_bed = "secure";
constexpr std::string_view no_secure_bed = "no_secure";
constexpr std::size_t least_certificate = 15; // characters, as wherever somebody is asked why

/// What an earlier request led to no longer stands; the versions of the case keep it.
void forget_the_reply(Conversation& facts)
{
    facts.bed_reply.clear();
    facts.bed_words = {};
    facts.bed_ready_at.reset();
    facts.bed_replied_at.reset();
    facts.bed_replied_by.clear();
    facts.certificate_ground.clear();
    facts.certificate_words = {};
    facts.certified_at.reset();
    facts.certified_by.clear();
    facts.certificate_review = {};
    facts.certificate_reviewed_at.reset();
    facts.certificate_reviewed_by.clear();
}

/// Section 38(6)(b): "an arrested juvenile who has attained the age of 12 years". Who may be younger counts as younger.
bool is_surely_twelve(const Conversation& facts, CivilDate day)
{
    constexpr int years = 12;
    return facts.born_given && facts.born_given->latest() <= day - std::chrono::years{years};
}

Result<> a_bed_is_awaited(const Conversation& facts)
{
    switch (how_the_bed_stands(facts)) {
    case BedStands::awaited: return {};
    case BedStands::found:
        return refuse(ProblemKind::out_of_order, "A bed is found already. If it fell through, ask again");
    case BedStands::certified:
        return refuse(ProblemKind::out_of_order,
                      "A certificate was given already. If a bed may be found now, ask again");
    case BedStands::not_asked: break;
    }
    return refuse(ProblemKind::out_of_order, "Nobody has asked for a bed yet. Record first that bail was refused");
}

} // namespace

BedStands how_the_bed_stands(const Conversation& facts)
{
    if (!facts.bed_asked_at) return BedStands::not_asked;
    // A bed that is found after a certificate was given ends what the certificate certified.
    const bool is_found = facts.bed_reply == a_bed_is_found;
    const bool is_found_since =
        is_found && facts.bed_replied_at && facts.certified_at && *facts.bed_replied_at >= *facts.certified_at;
    if (facts.certified_at && !is_found_since) return BedStands::certified;
    return is_found ? BedStands::found : BedStands::awaited;
}

bool is_to_be_reviewed(const Conversation& facts)
{
    return facts.certified_at && !facts.certificate_reviewed_at;
}

std::string bed_in_words(const Conversation& facts)
{
    if (!facts.bail_refused_at) return {};
    const auto refused = fmt::format("Bail refused {}. ", clocks::wall_date_time(*facts.bail_refused_at));
    switch (how_the_bed_stands(facts)) {
    case BedStands::found:
        return refused + "The authority has a bed" +
               (facts.bed_ready_at ? fmt::format(" from {}: ", clocks::wall_date_time(*facts.bed_ready_at)) : ": ") +
               facts.bed_words.words;
    case BedStands::certified:
        return refused + fmt::format("Kept here under a certificate of {}{}.",
                                     clocks::wall_date_time(*facts.certified_at),
                                     facts.certificate_reviewed_at ? ", reviewed by an inspector"
                                                                   : ", not yet reviewed by an inspector");
    case BedStands::awaited:
    case BedStands::not_asked: break;
    }
    return refused + "No bed of the authority yet and no certificate.";
}

Result<> note_bed_asked_for(Conversation& facts, const Conversation& before, Context& context)
{
    if (!is_detained(facts))
        return refuse(ProblemKind::out_of_order, "The child is not detained, so nobody keeps the child here");
    if (!facts.sent_at)
        return refuse(ProblemKind::out_of_order,
                      "Nobody was asked about this child yet. Send the request first: it says whom to ask for a bed");
    if (how_the_bed_stands(before) == BedStands::awaited)
        return refuse(ProblemKind::out_of_order, "The authority was asked for a bed already. Chase, or ring its desk");
    // R-X-12: what a clock counted from is moved by nobody alone.
    if (before.bail_refused_at &&
        (facts.bail_refused_at != before.bail_refused_at || facts.charged_at != before.charged_at))
        return refuse(ProblemKind::out_of_order,
                      "When the child was charged and refused bail is on record already. Another person has to agree "
                      "that it is corrected",
                      "bail_refused_at");
    TRY(times_are_in_order(facts, context));
    forget_the_reply(facts);
    facts.bed_asked_at = context.now;
    facts.chased_at.reset(); // of the answers; this is another thing
    notify(context, "custody.bed", EDT, true);
    notify(context, "custody.bed", LADM, true);
    notify(context, "custody.bail_refused", INSP, false);
    mail_a_link(context, facts.authority, facts.desk, "custody.bed");
    return {};
}

Result<> note_bed_reply(Conversation& facts, const Conversation& before, Context& context)
{
    if (!before.bed_asked_at)
        return refuse(ProblemKind::out_of_order, "Custody has not asked for a bed for this child");
    Problems problems;
    if (trim(facts.bed_words.words).empty() || context.asked.find("bed_words") == nullptr)
        problems.push_back({ProblemKind::missing,
                            facts.bed_reply == a_bed_is_found
                                ? "Write the place, a telephone number, and who brings the child"
                                : "Write why there is no bed, and who goes on looking until when",
                            "bed_words"});
    if (facts.bed_reply == a_bed_is_found && context.asked.find("bed_ready_at") == nullptr)
        problems.push_back({ProblemKind::missing, "Enter from when the bed is there", "bed_ready_at"});
    if (facts.bed_reply != a_bed_is_found) facts.bed_ready_at.reset();
    const bool is_by_phone = context.session.role == CUST;
    if (!is_by_phone || context.asked.find("bed_replied_at") == nullptr || !facts.bed_replied_at)
        facts.bed_replied_at = context.now;
    if (*facts.bed_replied_at < std::chrono::floor<minutes>(*facts.bed_asked_at))
        problems.push_back(
            {ProblemKind::malformed, "The answer cannot have come before the question", "bed_replied_at"});
    if (*facts.bed_replied_at > context.now + 60s)
        problems.push_back({ProblemKind::malformed, "This time must be in the past", "bed_replied_at"});
    if (!problems.empty()) return refuse(std::move(problems));
    facts.bed_replied_by =
        is_by_phone ? fmt::format("By phone, written down by the {}", speaker(context)) : speaker(context);
    if (is_by_phone)
        notify(context, "custody.bed_by_phone", EDT, true);
    else
        notify(context, facts.bed_reply == a_bed_is_found ? "custody.bed_found" : "custody.no_bed", CUST, false);
    if (facts.bed_reply != a_bed_is_found || before.certified_at)
        notify(context, facts.bed_reply == a_bed_is_found ? "custody.bed_found" : "custody.no_bed", INSP, false);
    return {};
}

Result<> note_certificate(Conversation& facts, const Conversation& before, Context& context)
{
    TRY(a_bed_is_awaited(before));
    const auto day = clocks::london_day(context.now);
    Problems problems;
    if (facts.certificate_ground == no_secure_bed && !is_surely_twelve(facts, day))
        problems.push_back({ProblemKind::malformed,
                            "That ground is for a child of 12 or more. Check the date of birth, or find a bed",
                            "certificate_ground"});
    if (facts.certificate_ground == no_secure_bed && facts.bed_sought != a_secure_bed)
        problems.push_back({ProblemKind::out_of_order,
                            "You asked for a bed that is not secure, so that none is secure is no ground",
                            "certificate_ground"});
    if (auto reason =
            records::a_reason_has_words(facts.certificate_words.words, least_certificate, "certificate_words");
        !reason)
        for (auto& problem : reason.error()) problems.push_back(std::move(problem));
    if (!problems.empty()) return refuse(std::move(problems));
    facts.certified_at = context.now;
    facts.certified_by = speaker(context);
    notify(context, "custody.certificate", INSP, false);
    notify(context, "custody.certificate_given", LADM, true);
    return {};
}

Result<> note_certificate_reviewed(Conversation& facts, const Conversation& before, Context& context)
{
    if (context.session.role != INSP)
        return refuse(ProblemKind::withheld, "An inspector reviews the certificate. Ask them", "certificate_review");
    if (!before.certified_at)
        return refuse(ProblemKind::out_of_order, "No certificate was given, so there is none to review");
    TRY(records::a_reason_has_words(facts.certificate_review.words, least_certificate, "certificate_review"));
    facts.certificate_reviewed_at = context.now;
    facts.certificate_reviewed_by = speaker(context);
    notify(context, "custody.certificate_reviewed", CUST, false);
    return {};
}

std::optional<UtcTime> bail_was_refused(const void* facts)
{
    return static_cast<const Conversation*>(facts)->bail_refused_at;
}

std::optional<UtcTime> bed_wait_ended(const void* facts)
{
    const auto& conversation = *static_cast<const Conversation*>(facts);
    switch (how_the_bed_stands(conversation)) {
    case BedStands::found: return conversation.bed_replied_at;
    case BedStands::certified: return conversation.certified_at;
    case BedStands::awaited:
    case BedStands::not_asked: break;
    }
    return conversation.left_at;
}

bool bed_is_awaited(const void* facts)
{
    return !bed_is_no_longer_awaited(facts);
}

bool bed_is_no_longer_awaited(const void* facts)
{
    const auto& conversation = *static_cast<const Conversation*>(facts);
    return conversation.left_at || how_the_bed_stands(conversation) != BedStands::awaited;
}

} // namespace reachable::custody
