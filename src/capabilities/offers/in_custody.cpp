// What custody is told of support for a child who is with them: that it was offered and how that ended (4.D, reachable
// moment). What was offered and what the child said to it is between them and whoever offered it.
#include "capabilities/offers/offer.h"
#include "capabilities/offers/offers.h"
#include "clocks/london.h"
#include "policy/question.h"
#include "storage/columns.h"
#include "web/components/summary_list.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <tuple>

namespace reachable::offers {
namespace {

using derived::Site;
using storage::Transaction;

constexpr policy::FieldClass how_it_goes{policy::Category::safety_summary, policy::Label::personal};

struct ToldOf {
    casework::CaseHead head;
    Offer offer;
};

/// Those that were open at some time since then, the newest first.
std::vector<ToldOf> offers_since(Transaction& transaction, ChildId child, UtcTime since)
{
    std::vector<ToldOf> found;
    for (const auto& row : transaction.recall("select id from cases where child = $1 and type = 'offer' "
                                              "order by opened_at desc, id",
                                              {storage::to_value(child)})) {
        auto loaded = casework::load_case(transaction, offer_type(), storage::id_at<CaseId>(row, 0));
        CHECK(loaded.has_value(), "an offer that is listed can be read");
        const auto& offer = *static_cast<const Offer*>(loaded->facts.get());
        if (!offer.ended_at || *offer.ended_at >= since) found.push_back({loaded->head, offer});
    }
    return found;
}

/// When somebody last offered it: a leaflet is no offer.
std::string when_offered(const Offer& offer)
{
    std::optional<UtcTime> last;
    for (const auto& made : offer.made)
        if (counts_as_an_offer(made) && made.made_at && (!last || *made.made_at > *last)) last = made.made_at;
    return last ? "offered on " + clocks::wall_date_time(*last) : std::string("not offered yet");
}

std::string how_it_stands(const Site& site, const ToldOf& one)
{
    const auto offered_when = when_offered(one.offer);
    const auto& state = one.head.state;
    if (state == ended)
        return fmt::format("{}; ended on {}: {}", offered_when,
                           clocks::wall_date_time(one.offer.ended_at.value_or(one.head.changed_at)),
                           site.desk.lists.label_of("offers.ends", one.offer.end_reason));
    if (state == due) return offered_when + ": somebody who is not of the police is to come";
    if (state == offered) return offered_when + ": the child has not answered yet";
    if (state == not_now) return offered_when + ": not now, and it is offered again";
    if (state == accepted) return offered_when + ": the child accepted it, and is still to be met";
    return offered_when + ": somebody who supports the child has met them";
}

/// The question that the look at the detention asked, about what a safety summary holds.
struct Telling {
    const Site& site;
    accounts::Session session;
    RequestId request;
    casework::CaseHead detention;
    UtcTime now;
    std::vector<ToldOf> told = {};
    std::vector<audit::Entry> entries = {};

    void read(Transaction& transaction)
    {
        told.clear();
        entries.clear();
        const auto& desk = site.desk;
        auto question = casework::policy_request(desk, transaction, *desk.find_type(detention.type), detention, session,
                                                 "read", now);
        question.fields = {how_it_goes};
        const auto decision = ties::decide(desk.policy, transaction, session, question);
        if (!decision.is_allowed || decision.fields.front() < policy::Show::show) return;
        told = offers_since(transaction, detention.heading.child, detention.opened_at);
        for (const auto& one : told) {
            auto entry = casework::audit_entry(desk, session, request, one.head, decision, now);
            entry.operation = audit::Operation::look;
            entry.action = "look:offer.detention";
            entry.outcome = "done";
            std::tie(entry.categories, entry.view) = policy::category_bits(question.fields, decision).both();
            entry.question = policy::question_of(question);
            audit::gather(entries, std::move(entry));
        }
    }
};

} // namespace

web::Html offers_beside(const derived::Site& site, const derived::Visit& visit, const casework::Seen& detention)
{
    const auto telling = std::make_shared<Telling>(site, visit.session, visit.request.id, detention.head, visit.now);
    site.desk.database.observe_ahead([&](Transaction& transaction) { telling->read(transaction); },
                                     [telling, &log = site.desk.log](Transaction& transaction) {
                                         for (const auto& entry : telling->entries) log.append(transaction, entry);
                                     });
    if (telling->told.empty()) return {};
    web::SummaryList list;
    for (const auto& one : telling->told) {
        auto words = how_it_stands(site, one);
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
        list.rows.push_back({.key = {.text = "Support for the child"}, .value = {.text = words}});
    }
    web::Html html;
    html.lit("<div class=\"app-no-print\">") << web::heading("Is the child offered support?", 2) << render(list);
    return html.lit("</div>");
}

} // namespace reachable::offers
