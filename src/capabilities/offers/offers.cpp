#include "capabilities/offers/offers.h"

#include "capabilities/offers/offer.h"
#include "storage/columns.h"

#include <utility>

namespace reachable::offers {
namespace {

constexpr lists::ListFile list_files[] = {
    {"offers.by", "offers/by.csv"},
    {"offers.ways", "offers/ways.csv"},
    {"offers.answers", "offers/answers.csv"},
    {"offers.ends", "offers/ends.csv"},
};

constexpr std::string_view clocks_of_offers[] = {"offers/clocks.csv"};

using Sentence = std::pair<std::string_view, std::string_view>;

constexpr Sentence log_in_words[] = {
    {"offer.open", "opened an offer of support for the child"},
    {"offer.hurry", "noted another moment at which the child can be reached"},
    {"offer.pass", "asked a worker to offer the child support"},
    {"offer.offer", "recorded that the child was offered support"},
    {"offer.meet", "recorded that somebody who supports the child has met them"},
    {"offer.engage", "recorded what support the child has"},
    {"offer.end", "ended an offer of support, and said why"},
    {"look:offer.offer", "read what support the child was offered"},
    {"look:offer.queue", "saw an offer of support to the child in a list"},
    {"look:offer.notice", "was told of an offer of support"},
    {"look:offer.record", "read all that is recorded of an offer of support"},
    {"look:offer.form", "opened a form about an offer of support"},
    {"look:offer.api", "read an offer of support through another system"},
    {"look:offer.detention", "read on the page of a detention how an offer of support goes"},
    {"look:offer.page", "read of an offer of support on the child's page"},
};

std::string_view sentence_of(std::string_view code, std::span<const Sentence> sentences)
{
    for (const auto& [its_code, words] : sentences)
        if (its_code == code) return words;
    return {};
}

/// The offer of the child that is open; none: none is.
CaseId open_offer(storage::Transaction& transaction, ChildId child)
{
    const auto rows = transaction.query("select id from cases where child = $1 and type = 'offer' and is_open = 1 "
                                        "order by opened_at, id limit 1",
                                        {storage::to_value(child)});
    return rows.empty() ? CaseId{} : storage::id_at<CaseId>(rows.front(), 0);
}

/// Support that has begun needs no second offer.
bool is_offered_still(storage::Transaction& transaction, CaseId offer)
{
    const auto state = casework::load_head(transaction, offer).state;
    return state == due || state == offered || state == not_now || state == accepted;
}

} // namespace

std::string_view log_words(std::string_view action)
{
    return sentence_of(action, log_in_words);
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}

std::span<const std::string_view> clock_files()
{
    return clocks_of_offers;
}

void offer_support(const casework::Desk& desk, storage::Transaction& transaction, const Moment& moment, UtcTime now)
{
    const auto standing = open_offer(transaction, moment.child);
    if (!standing.is_none() && !is_offered_still(transaction, standing)) return;
    auto asked = Json::object().set("because", moment.because).set("is_at_risk", moment.is_at_risk);
    if (!moment.authority.is_none() && !moment.desk.is_none())
        asked.set("authority", moment.authority.text()).set("desk", moment.desk.text());
    if (standing.is_none()) asked.set("child", moment.child.text());
    if (standing.is_none() && !moment.force.is_none())
        asked.set("force", moment.force.text()).set("team", moment.team.text());
    // A refusal has its entry in the log.
    (void)casework::act_in(transaction, desk, accounts::service_session(), RequestId::random(),
                           {.type = offer_type().name,
                            .action = standing.is_none() ? "open" : "hurry",
                            .id = standing,
                            .asked = std::move(asked)},
                           now);
}

} // namespace reachable::offers
