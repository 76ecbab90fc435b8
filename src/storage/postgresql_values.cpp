#include "storage/postgresql_values.h"

#include <cstring>
#include <endian.h>
#include <libpq-fe.h>

namespace reachable::storage {

namespace {

// From PostgreSQL's catalogue of types, where these numbers never change.
constexpr unsigned bytea_type = 17;
constexpr unsigned int8_type = 20;
constexpr unsigned int2_type = 21;
constexpr unsigned int4_type = 23;
constexpr unsigned text_type = 25;
constexpr unsigned varchar_type = 1043;

std::array<char, 8> big_endian(std::int64_t number)
{
    const std::uint64_t swapped = htobe64(static_cast<std::uint64_t>(number));
    std::array<char, 8> bytes{};
    std::memcpy(bytes.data(), &swapped, bytes.size());
    return bytes;
}

/// A whole number of 2, 4 or 8 bytes, highest first.
std::int64_t whole_number(std::string_view bytes)
{
    std::int64_t number = (bytes.front() & 0x80) != 0 ? -1 : 0;
    for (const char byte : bytes) number = (number << 8) | static_cast<std::uint8_t>(byte);
    return number;
}

Value value_of(unsigned type, std::string_view bytes)
{
    switch (type) {
    case int2_type:
    case int4_type:
    case int8_type: return whole_number(bytes);
    case text_type:
    case varchar_type: return std::string(bytes);
    case bytea_type: return Bytes(bytes.begin(), bytes.end());
    default:
        throw Bug("A column has PostgreSQL's type number " + std::to_string(type) +
                  ": cast it to bigint, text or bytea");
    }
}

} // namespace

PostgresqlParameters::PostgresqlParameters(const Values& values)
{
    numbers_.reserve(values.size()); // the pointers below point into it
    for (const Value& value : values) {
        std::string_view bytes;
        bool is_there = true;
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            const auto& kept = numbers_.emplace_back(big_endian(*number));
            bytes = {kept.data(), kept.size()};
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            CHECK(text->find('\0') == std::string::npos, "A text to be kept holds no zero character");
            bytes = *text;
        } else if (const auto* blob = std::get_if<Bytes>(&value)) {
            bytes = blob->empty() ? std::string_view("") : as_text(*blob);
        } else {
            is_there = false;
        }
        pointers_.push_back(is_there ? bytes.data() : nullptr);
        lengths_.push_back(static_cast<int>(bytes.size()));
        formats_.push_back(1);
    }
}

std::vector<unsigned> types_of(const Values& values)
{
    constexpr std::array<unsigned, 4> types = {0, int8_type, text_type, bytea_type}; // in the order of Value
    std::vector<unsigned> found;
    found.reserve(values.size());
    for (const Value& value : values) found.push_back(types.at(value.index()));
    return found;
}

Rows rows_of(const pg_result* result)
{
    Rows rows;
    const int row_count = PQntuples(result);
    const int column_count = PQnfields(result);
    rows.reserve(static_cast<std::size_t>(row_count));
    for (int row = 0; row < row_count; ++row) {
        Values values;
        values.reserve(static_cast<std::size_t>(column_count));
        for (int column = 0; column < column_count; ++column) {
            if (PQgetisnull(result, row, column) != 0) {
                values.emplace_back();
                continue;
            }
            const auto size = static_cast<std::size_t>(PQgetlength(result, row, column));
            values.push_back(value_of(PQftype(result, column), {PQgetvalue(result, row, column), size}));
        }
        rows.emplace_back(std::move(values));
    }
    return rows;
}

} // namespace reachable::storage
