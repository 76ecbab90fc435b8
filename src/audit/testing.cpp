#include "audit/testing.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace reachable::audit::testing {
namespace {

void insist(const Result<>& result)
{
    if (!result) throw std::runtime_error(sentences(result.error()));
}

template <class AnId>
AnId id_of(std::uint8_t number)
{
    AnId id;
    id.bytes.back() = number;
    return id;
}

} // namespace

SigningKey key_of(std::uint8_t number)
{
    std::array<std::uint8_t, 32> secret{};
    secret[0] = number;
    return signing_key_from(secret);
}

ChildId child_of(std::uint8_t number)
{
    return id_of<ChildId>(number);
}

Entry entry_of(std::uint64_t number)
{
    return {.at = from_seconds(1'790'000'000 + static_cast<std::int64_t>(number)),
            .operation = Operation::look,
            .action = "look:custody.brief",
            .worker = id_of<WorkerId>(static_cast<std::uint8_t>(number % 7 + 1)),
            .agency = id_of<AgencyId>(9),
            .role = "CUST",
            .purpose = "custody-safeguarding",
            .child = child_of(static_cast<std::uint8_t>(number % 4)),
            .case_id = id_of<CaseId>(5),
            .categories = 0x2f,
            .view = 0x0f,
            .rules = "A12,L3",
            .policy_hash = std::string(64, 'c'),
            .request = id_of<RequestId>(static_cast<std::uint8_t>(number % 251 + 1)),
            .outcome = "done",
            .question =
                "custody-sergeant+of+police-force+may+read+for+custody-safeguarding+while+detaining,+own-agency+of+"
                "safety-summary+sensitive,+health+sensitive,+social-care+sensitive,+custody+personal,+custody+"
                "sensitive+record+is+not-opened-with-reason+second-factor+1792878360"};
}

Entry gathered_entry_of(std::uint64_t number)
{
    auto entry = entry_of(number);
    entry.also = {{child_of(11), id_of<CaseId>(6)}, {child_of(12), id_of<CaseId>(7)}};
    return entry;
}

std::string read_file(const std::filesystem::path& path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

Folder::Folder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "reachable_audit_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("No temporary folder can be made");
    path_ = pattern;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

LogOnDisk::LogOnDisk(const std::string& engine) : database_(storage::testing::make_database(engine))
{
    insist(storage::migrate(database(), migrations()));
    insist(restart());
}

Result<> LogOnDisk::restart(std::uint8_t key_number, std::string_view name)
{
    stop();
    log_ = TRY(Log::open(database(), std::string(name), key_of(key_number), checkpoint_file()));
    return {};
}

void LogOnDisk::stop()
{
    database_->close();
    log_.reset();
}

void LogOnDisk::append(std::size_t count, Entry (*entry_of)(std::uint64_t number))
{
    database().write([&](storage::Transaction& transaction) {
        for (std::size_t i = 0; i < count; ++i) log().append(transaction, entry_of(appended_ + i));
    });
    appended_ += count;
}

} // namespace reachable::audit::testing
