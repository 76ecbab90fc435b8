#include "capabilities/sharing/rules.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::sharing {

Result<accounts::Worker> member_of_staff(const Context& context, std::string_view sign_in_name)
{
    if (trim(sign_in_name).empty())
        return refuse(ProblemKind::missing, "Enter the sign-in name of the member of staff", "staff_name");
    const auto worker = accounts::find_worker_by_name(context.transaction, to_lower_ascii(trim(sign_in_name)));
    if (!worker || !worker->is_open || worker->agency != context.session.agency)
        return refuse(ProblemKind::missing, "Nobody of that sign-in name works at your organisation", "staff_name");
    return *worker;
}

} // namespace reachable::sharing
