#include "audit/export.h"

#include "audit/checker.h"
#include "audit/store.h"

#include <istream>
#include <ostream>

namespace reachable::audit {
namespace {

constexpr std::string_view first_line = "reachable audit log 1\n";
constexpr std::size_t most_bytes = 1U << 20U; // of one record: far more than any entry has
constexpr char entry_mark = 'E';
constexpr char checkpoint_mark = 'C';
constexpr char end_mark = 'Z';

class Exporter final : public LogReader {
  public:
    explicit Exporter(std::ostream& stream) : stream_(stream) { stream_ << first_line; }
    ~Exporter() override = default;
    void take(const StoredEntry& stored) override { write(entry_mark, as_text(stored.bytes)); }
    void take(const StoredCheckpoint& stored) override { write(checkpoint_mark, stored.text); }
    void finish() { write(end_mark, {}); }

  private:
    void write(char mark, std::string_view bytes)
    {
        CHECK(bytes.size() <= most_bytes, "a record of the audit log is too long to be exported");
        const auto byte = [&](unsigned shift) { return static_cast<char>(bytes.size() >> shift & 255U); };
        const std::array<char, 5> head{mark, byte(24), byte(16), byte(8), byte(0)};
        stream_.write(head.data(), head.size());
        stream_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

    std::ostream& stream_;
};

struct Record {
    char mark = 0;
    std::string bytes;
};

bool read_exactly(std::istream& stream, char* into, std::size_t count)
{
    stream.read(into, static_cast<std::streamsize>(count));
    return stream.gcount() == static_cast<std::streamsize>(count);
}

/// False when the stream ends within the record or before it.
bool read_record(std::istream& stream, Record& into)
{
    std::array<char, 5> head;
    if (!read_exactly(stream, head.data(), head.size())) return false;
    std::size_t count = 0;
    for (std::size_t i = 1; i < head.size(); ++i) count = count << 8U | static_cast<std::uint8_t>(head[i]);
    if (count > most_bytes) return false;
    into.mark = head[0];
    into.bytes.resize(count);
    return read_exactly(stream, into.bytes.data(), count);
}

void check_records(std::istream& stream, Checker& checker)
{
    std::string line(first_line.size(), '\0');
    if (!read_exactly(stream, line.data(), line.size()) || line != first_line)
        return checker.fault("The file is not an exported audit log.");
    for (Record record; read_record(stream, record);) {
        if (record.mark == entry_mark)
            checker.take_entry(as_bytes(record.bytes));
        else if (record.mark == checkpoint_mark)
            checker.take_checkpoint(record.bytes);
        else if (record.mark == end_mark && record.bytes.empty() && stream.peek() == std::istream::traits_type::eof())
            return;
        else
            return checker.fault("After entry " + std::to_string(checker.entry_count()) +
                                 " the file holds something that is no part of a log.");
    }
    checker.fault("The file ends within the log.");
}

} // namespace

Result<> export_log(storage::Database& database, std::ostream& stream)
{
    database.read([&](storage::Transaction& transaction) {
        Exporter exporter(stream);
        read_log(transaction, exporter);
        exporter.finish();
    });
    stream.flush();
    if (!stream) return refuse(ProblemKind::unavailable, "The log could not be written to its end");
    return {};
}

Verification verify_export(std::istream& stream, std::span<const std::uint8_t> open_key,
                           std::string_view kept_checkpoints)
{
    Checker checker(open_key, kept_checkpoints);
    check_records(stream, checker);
    return checker.finish();
}

} // namespace reachable::audit
