using NodaTime;
using NodaTime.Text;
using PerfMarketing.Events;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Proofs;

/// <summary>
/// The names of an outcome's own parts, as claims that evidence can cover; other names are its facts.
/// </summary>
public static class OutcomeClaims
{
    private const int TimeLengthMax = 40;

    /// <summary>What the outcome is worth, in major units with a point: <c>49.90</c>.</summary>
    public const string Amount = "amount";

    /// <summary>The currency of that, by its three letters in any case.</summary>
    public const string Currency = "currency";

    /// <summary>How many results it stands for.</summary>
    public const string Quantity = "quantity";

    /// <summary>The business key, such as the order number.</summary>
    public const string OrderId = "order-id";

    /// <summary>The outcome's own id.</summary>
    public const string OutcomeId = "outcome-id";

    /// <summary>Whose outcome it is: the pseudonym.</summary>
    public const string Customer = "customer";

    /// <summary>The kind of outcome.</summary>
    public const string Kind = "kind";

    /// <summary>
    /// When it occurred: <c>2026-03-03T12:00:00Z</c>, or seconds since 1970. Tolerances are in seconds.
    /// </summary>
    public const string OccurredAt = "occurred-at";

    // A number, a text, or neither when the outcome does not have the part.
    internal static (decimal? Number, string? Text) Of(Outcome? outcome, string name) => outcome is null
        ? default
        : name switch
        {
            Amount => (outcome.Value?.Amount, null),
            Currency => (null, outcome.Value?.Currency.Code),
            Quantity => (outcome.Quantity, null),
            OrderId => (null, outcome.OrderId?.Value),
            OutcomeId => (null, outcome.Id.Value),
            Customer => (null, outcome.Customer?.Value),
            Kind => (null, outcome.Kind.ToString()),
            OccurredAt => (SecondsOf(outcome.At), null),
            _ => outcome.Facts.TryFind(name, out FactValue fact) ? OfFact(fact) : default,
        };

    /// <summary>The seconds since 1970 that a time in a message stands for; null when it is no time.</summary>
    /// <param name="text">The time, in UTC or with its offset, or the seconds.</param>
    /// <remarks>With its offset a time may lie outside of all instants: it is some number all the same.</remarks>
    internal static decimal? SecondsOf(string text) =>
        SignedTime.TryRead(text, out Instant at) ? SecondsOf(at)
        : text.Length <= TimeLengthMax && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } read
            ? SecondsOf(read.Value.LocalDateTime.InUtc().ToInstant()) - read.Value.Offset.Seconds
            : null;

    private static decimal SecondsOf(Instant at) => at.ToUnixTimeTicks() / (decimal)NodaConstants.TicksPerSecond;

    private static (decimal? Number, string? Text) OfFact(FactValue fact) =>
        fact.Kind == FactKind.Number ? (fact.Number, null) : (null, fact.Text);
}
