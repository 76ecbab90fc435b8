#include "capabilities/custody/sealed_page.h"

#include "capabilities/custody/custody_numbers.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

derived::SealedCase sealed_case(const Site& site, CaseId id, const std::string& base)
{
    return {.base = base, .which = fmt::format("Custody number {}.", number_of(site, id)), .due = {}};
}

} // namespace

std::string number_of(const Site& site, CaseId id)
{
    std::map<CaseId, std::string> numbers;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { numbers = custody_numbers_of(transaction, std::span(&id, 1)); });
    return numbers[id];
}

Page sealed_page(const Site& site, const Visit& visit, const Seen& seen, const std::string& base,
                 const derived::FormState& state)
{
    auto sealed = sealed_case(site, seen.head.id, base);
    for (const auto& clock : seen.clocks)
        if (!clock.stopped_at) sealed.due << clock_box(clock, seen.clocks, *seen.type, visit.now);
    return derived::sealed_page(site, visit, seen, sealed, state);
}

Result<Outcome> open_with_reason(const Site& site, const Visit& visit, CaseId id, const std::string& base,
                                 const std::string& then, const web::Fields& form)
{
    return derived::open_with_reason(site, visit, {.type = "custody", .id = id, .page = "brief"},
                                     sealed_case(site, id, base), then, form);
}

} // namespace reachable::custody
