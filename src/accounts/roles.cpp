// The codes and titles of roles and kinds of agency.
#include "accounts/accounts.h"

#include <algorithm>

namespace reachable::accounts {

namespace {

template <class T>
struct Word {
    T value;
    std::string_view code;
    std::string_view title;
};

// clang-format off
constexpr Word<Role> roles[] = {
    {Role::system, "system", "the service itself"},
    {Role::CALL,   "CALL",   "call handler"},
    {Role::RESP,   "RESP",   "response officer"},
    {Role::CUST,   "CUST",   "custody sergeant"},
    {Role::DETO,   "DETO",   "detention officer"},
    {Role::INSP,   "INSP",   "inspector"},
    {Role::MPC,    "MPC",    "missing-person coordinator"},
    {Role::OIC,    "OIC",    "officer in the case"},
    {Role::DISR,   "DISR",   "exploitation and disruption lead"},
    {Role::OFFM,   "OFFM",   "offender manager"},
    {Role::NRMF,   "NRMF",   "NRM first responder"},
    {Role::EDT,    "EDT",    "emergency duty worker"},
    {Role::SW,     "SW",     "social worker"},
    {Role::LADM,   "LADM",   "local authority duty manager"},
    {Role::RHIP,   "RHIP",   "return home interviewer"},
    {Role::PLAC,   "PLAC",   "placement staff or foster carer"},
    {Role::PARE,   "PARE",   "parent or carer"},
    {Role::CHAIR,  "CHAIR",  "meeting chair or coordinator"},
    {Role::ATTN,   "ATTN",   "meeting attendee"},
    {Role::AA,     "AA",     "appropriate adult"},
    {Role::CPS,    "CPS",    "prosecutor"},
    {Role::YJS,    "YJS",    "youth justice worker"},
    {Role::HLTH,   "HLTH",   "health professional"},
    {Role::EDUC,   "EDUC",   "education safeguarding lead"},
    {Role::VSUP,   "VSUP",   "victim support worker"},
    {Role::PCSO,   "PCSO",   "community support officer"},
    {Role::PCCA,   "PCCA",   "police and crime commissioner's analyst"},
    {Role::STAT,   "STAT",   "statistician"},
    {Role::INSPT,  "INSPT",  "inspectorate inspector"},
    {Role::TRNL,   "TRNL",   "training lead"},
    {Role::SUPV,   "SUPV",   "supervisor"},
    {Role::IGOV,   "IGOV",   "information governance officer"},
    {Role::PSTD,   "PSTD",   "professional standards officer"},
    {Role::CATO,   "CATO",   "catalogue owner"},
    {Role::CHILD,  "CHILD",  "child"},
    {Role::ADMIN,  "ADMIN",  "account administrator"},
};

constexpr Word<AgencyKind> kinds[] = {
    {AgencyKind::police_force,    "police-force",    "police force"},
    {AgencyKind::local_authority, "local-authority", "local authority"},
    {AgencyKind::charity,         "charity",         "charity"},
    {AgencyKind::health_body,     "health-body",     "health body"},
    {AgencyKind::prosecution,     "prosecution",     "prosecution service"},
    {AgencyKind::oversight,       "oversight",       "oversight body"},
    {AgencyKind::operator_,       "operator",        "operator of this service"},
    {AgencyKind::immigration,     "immigration",     "immigration enforcement"},
};
// clang-format on

/// The row of a value, or null for a number that is no enumerator.
template <class T, std::size_t count>
const Word<T>* word_of(const Word<T> (&words)[count], T value)
{
    const auto found = std::ranges::find(words, value, &Word<T>::value);
    return found == std::end(words) ? nullptr : found;
}

template <class T, std::size_t count>
Result<T> value_from(const Word<T> (&words)[count], std::string_view code, const char* sentence)
{
    const auto found = std::ranges::find(words, code, &Word<T>::code);
    if (found == std::end(words)) return refuse(ProblemKind::malformed, sentence);
    return found->value;
}

} // namespace

std::string_view code_of(Role role)
{
    const auto* word = word_of(roles, role);
    return word ? word->code : "unknown";
}

std::string_view title_of(Role role)
{
    const auto* word = word_of(roles, role);
    return word ? word->title : "unknown role";
}

Result<Role> role_from(std::string_view code)
{
    return value_from(roles, code, "That is not the code of a role");
}

std::string_view code_of(AgencyKind kind)
{
    const auto* word = word_of(kinds, kind);
    return word ? word->code : "unknown";
}

std::string_view title_of(AgencyKind kind)
{
    const auto* word = word_of(kinds, kind);
    return word ? word->title : "unknown kind of agency";
}

Result<AgencyKind> agency_kind_from(std::string_view code)
{
    return value_from(kinds, code, "That is not a kind of agency");
}

} // namespace reachable::accounts
