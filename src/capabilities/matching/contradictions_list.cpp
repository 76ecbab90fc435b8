#include "capabilities/matching/contradictions_list.h"

#include "capabilities/matching/matching.h"
#include "capabilities/matching/sides.h"
#include "storage/columns.h"

namespace reachable::matching {
namespace {

using storage::Transaction;

constexpr std::size_t most_shown = 10;

/// The question that a decision answered, if the own organisation has a side in it.
std::optional<CaseId> question_of(Transaction& transaction, const identity::Decision& decision, AgencyId own)
{
    const auto rows = transaction.query(
        "select id from cases where type = $4 and ((child = $1 and other = $2) or (child = $2 and other = $1)) and "
        "(agency = $3 or partner = $3) order by opened_at desc, id limit 1",
        {storage::to_value(decision.judged.one), storage::to_value(decision.judged.other), storage::to_value(own),
         std::string(same_person_type().name)});
    if (rows.empty()) return std::nullopt;
    return storage::id_at<CaseId>(rows.front(), 0);
}

/// The questions of each contradiction, the parting first.
std::vector<std::vector<CaseId>> questions_that_contradict(const casework::Desk& desk, const Visit& visit)
{
    std::vector<std::vector<CaseId>> all;
    desk.database.read([&](Transaction& transaction) {
        all.clear();
        const auto may_see = seen_by(desk, transaction, visit.session, visit.now);
        for (const auto& found : identity::contradictions(transaction, may_see)) {
            std::vector<CaseId> questions;
            const auto add = [&](const identity::Decision& decision) {
                if (const auto id = question_of(transaction, decision, visit.session.agency)) questions.push_back(*id);
            };
            add(found.apart);
            for (const auto& join : found.joins) add(join);
            if (!questions.empty()) all.push_back(std::move(questions));
        }
    });
    return all;
}

} // namespace

Html contradictions_list(const casework::Desk& desk, const Visit& visit)
{
    Html items;
    std::size_t shown = 0;
    for (const auto& questions : questions_that_contradict(desk, visit)) {
        if (shown == most_shown) break;
        Html links;
        for (const auto id : questions) {
            const auto seen =
                derived::look_at_case(desk, visit.session, visit.request.id,
                                      {.type = same_person_type().name, .id = id, .page = "queue"}, visit.now);
            if (!seen) continue;
            if (!links.empty()) links << web::Text("; ");
            links << web::link(address_of(id), name_of(seen->child) + " and " + name_of(seen->other))
                  << web::Text(": " + seen->head.state);
        }
        if (links.empty()) continue;
        shown += 1;
        items.lit("<li>") << links;
        items.lit("</li>");
    }
    if (items.empty()) return items;
    Html html;
    html << heading("Decisions that contradict each other", 2)
         << paragraph("They cannot all be true. Compare the records, and undo the decision that is wrong.");
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">") << items;
    return html.lit("</ul>");
}

} // namespace reachable::matching
