using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events;

/// <summary>Collects what is wrong with one event.</summary>
internal sealed class EventChecks
{
    internal const int QuantityDecimalsMax = 6;
    internal const decimal QuantityMax = 1_000_000_000;

    private List<Reason>? reasons;

    private Currency currency;

    internal ValueList<Reason> Result => reasons is null ? [] : reasons.ToValueList();

    // Whether an event may stand for so much.
    internal static bool IsQuantity(decimal quantity) => quantity is > 0 and <= QuantityMax
        && (quantity.Scale <= QuantityDecimalsMax || decimal.Round(quantity, QuantityDecimalsMax) == quantity);

    internal EventChecks Require(bool holds, string code, string term)
    {
        if (!holds)
        {
            (reasons ??= []).Add(Reason.Of(code, ("term", term)));
        }

        return this;
    }

    internal EventChecks Clocks(EventClocks clocks) => Require(
        ContractCalendar.Covers(clocks.At), EventCodes.Instant, "at")
        .Require(ContractCalendar.Covers(clocks.RecordedAt), EventCodes.Instant, EventTerms.RecordedAt);

    internal EventChecks Quantity(decimal quantity, string term) =>
        Require(IsQuantity(quantity), EventCodes.Quantity, term);

    /// <summary>An amount that is not below zero and has the currency of the amounts before it.</summary>
    internal EventChecks Amount(Money? amount, string term)
    {
        if (amount is not { } money)
        {
            return this;
        }

        if (currency.IsUnset)
        {
            currency = money.Currency;
        }

        return Require(!money.Currency.IsUnset && money.Currency == currency, EventCodes.Currency, term)
            .Require(money.MinorUnits >= 0, EventCodes.AmountNegative, term);
    }

    internal EventChecks Text(string? text, string term, int lengthMax) =>
        Require(
        text is null || (text.Length > 0 && text.Length <= lengthMax && UnicodeText.IsWellFormed(text)),
        EventCodes.Text,
        term);
}
