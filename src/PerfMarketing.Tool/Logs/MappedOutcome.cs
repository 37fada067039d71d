using System.Globalization;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tool.Logs;

/// <summary>Reads one kind of outcome from the rows of a foreign log.</summary>
internal sealed class MappedOutcome
{
    // Ten times more would not fit the currencies with four digits.
    private const decimal AmountEnd = 100_000_000_000;

    private readonly OutcomeMapping mapping;
    private readonly BoundTest when;
    private readonly BoundCell? value;
    private readonly BoundCell? quantity;
    private readonly BoundCell? orderId;
    private readonly BoundCell? id;

    public MappedOutcome(OutcomeMapping mapping, CsvHeader header)
    {
        this.mapping = mapping;
        when = BoundTest.Of(mapping.When, header)!;
        value = BoundCell.Of(mapping.Value, header);
        quantity = BoundCell.Of(mapping.Quantity, header);
        orderId = BoundCell.Of(mapping.OrderId, header);
        id = BoundCell.Of(mapping.Id, header);
    }

    /// <summary>Whether the rows say what an outcome's id is.</summary>
    public bool HasIds => id is not null;

    /// <summary>Whether a row is such an outcome.</summary>
    /// <param name="records">The row; rejected when the mapping does not say.</param>
    public bool Takes(CsvRecords records) => when.Holds(records);

    /// <summary>Reads the outcome of a row.</summary>
    /// <param name="records">The row; rejected when a cell cannot be read.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="recordedAt">When it was written down.</param>
    /// <param name="customer">Whose it is.</param>
    /// <returns>The outcome; null when the row was rejected.</returns>
    public Outcome? Read(CsvRecords records, Instant at, Instant recordedAt, CustomerId customer)
    {
        Outcome outcome = new()
        {
            Id = ReadId<OutcomeId>(records, id, "an outcome's id", isNeeded: true) ?? new("unnamed"),
            At = at,
            RecordedAt = recordedAt,
            Customer = customer,
            Kind = mapping.Kind,
            Value = ReadMoney(records),
            Quantity = ReadNumber(records, quantity) ?? 1,
            OrderId = ReadId<OrderId>(records, orderId, "an order number", isNeeded: false),
        };
        if (records.Problem is null && outcome.Check() is { Count: > 0 } reasons)
        {
            records.Reject(0, reasons[0].Code, $"The outcome breaks this rule in its {reasons[0].Args[0].Value}.");
        }

        return records.Problem is null ? outcome : null;
    }

    private static T? ReadId<T>(CsvRecords records, BoundCell? cell, string what, bool isNeeded)
        where T : struct, IParsable<T>
    {
        if (cell is null || (isNeeded ? cell.ReadNeeded(records) : cell.Read(records)) is not { Length: > 0 } text)
        {
            return null;
        }

        if (T.TryParse(text, CultureInfo.InvariantCulture, out T read))
        {
            return read;
        }

        cell.RejectMalformed(records, what);
        return null;
    }

    private static decimal? ReadNumber(CsvRecords records, BoundCell? cell)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (cell is null || cell.Read(records) is not { Length: > 0 } text)
        {
            return null;
        }

        // Decimal rounds silently past 28 digits; such a cell is refused instead.
        if (text.Length <= 28 && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal read))
        {
            return read;
        }

        cell.RejectMalformed(records, "a plain number");
        return null;
    }

    private Money? ReadMoney(CsvRecords records)
    {
        if (ReadNumber(records, value) is not { } number || mapping.Currency is not { } currency)
        {
            return null;
        }

        if (decimal.Round(number, currency.MinorDigits) == number && Math.Abs(number) < AmountEnd)
        {
            return Money.Of(number, currency);
        }

        value!.RejectMalformed(records, $"an amount with at most {currency.MinorDigits} decimals");
        return null;
    }
}
