using System.Runtime.InteropServices;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement;

/// <summary>What happened according to a log, whatever it is paid by: what costs are divided by.</summary>
/// <remarks>
/// Counted as kept after all corrections. Tests, outcomes that break a rule of what an outcome may be, and all but the
/// first with an order id do not count.
/// </remarks>
public sealed record ComparedResults : ITerms
{
    /// <summary>The results of each kind, by the kind's code.</summary>
    public required ValueList<ResultCount> Kinds { get; init; }

    /// <summary>How many clicks: outcomes, or touchpoints when no outcome is one.</summary>
    public required decimal Clicks { get; init; }

    /// <summary>How many leads.</summary>
    public required decimal Leads { get; init; }

    /// <summary>How many acquisitions.</summary>
    public required decimal Acquisitions { get; init; }

    /// <summary>The revenue, one amount for each currency, in the order of the codes.</summary>
    public required ValueList<Money> Revenue { get; init; }

    /// <summary>Reads results.</summary>
    /// <param name="terms">The terms.</param>
    public static ComparedResults Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Kinds = terms.List("kinds", ResultCount.Read),
            Clicks = terms.Number("clicks"),
            Leads = terms.Number("leads"),
            Acquisitions = terms.Number("acquisitions"),
            Revenue = terms.Values<Money>("revenue"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("kinds", Kinds);
        terms.Number("clicks", Clicks);
        terms.Number("leads", Leads);
        terms.Number("acquisitions", Acquisitions);
        terms.Values("revenue", Revenue);
    }

    /// <summary>The revenue in a currency.</summary>
    /// <param name="currency">The currency.</param>
    public Money RevenueIn(Currency currency) =>
        Revenue.FirstOrDefault(m => m.Currency == currency, Money.Zero(currency));

    internal static ComparedResults Of(CampaignState state, ComparisonBasis basis)
    {
        Dictionary<OrderId, EventOrder> first = [];
        foreach (OutcomeState known in state.Outcomes)
        {
            if (Counts(known) && known.Outcome!.OrderId is { } order)
            {
                EventOrder place = PlaceOf(known);
                ref EventOrder found = ref CollectionsMarshal.GetValueRefOrAddDefault(first, order, out bool isKnown);
                found = isKnown && found < place ? found : place;
            }
        }

        SortedDictionary<string, ResultCount> kinds = new(StringComparer.Ordinal);
        foreach (OutcomeState known in state.Outcomes)
        {
            if (Counts(known) && (known.Outcome!.OrderId is not { } order || first[order] == PlaceOf(known)))
            {
                OutcomeKind kind = known.Outcome.Kind;
                kinds[kind.Code] = Add(kinds.GetValueOrDefault(kind.Code, new(kind, 0, 0, [])), known);
            }
        }

        decimal clicks = QuantityOf(kinds.Values, [OutcomeKind.Click]);
        return new()
        {
            Kinds = kinds.Values.ToValueList(),
            Clicks = clicks > 0 ? clicks : basis.ClickTouches,
            Leads = QuantityOf(kinds.Values, [OutcomeKind.Lead]),
            Acquisitions = QuantityOf(kinds.Values, basis.Acquisitions),
            Revenue = kinds.Values.Where(k => basis.Revenue.Contains(k.Kind))
                .Aggregate(ValueList<Money>.Empty, static (sums, kind) => kind.Value.Aggregate(sums, Add)),
        };
    }

    private static bool Counts(OutcomeState known) =>
        known.Outcome is { IsTest: false } outcome && outcome.Check().Count == 0;

    private static EventOrder PlaceOf(OutcomeState known) => EventOrder.Of(known.Outcome!, EventClock.RecordedAt);

    private static ResultCount Add(ResultCount before, OutcomeState known)
    {
        OutcomeTruth truth = OutcomeTruth.After(known.Outcome!, known.Corrections);
        return truth.IsGone ? before : before with
        {
            Count = before.Count + 1,
            Quantity = before.Quantity + truth.KeptQuantity,
            Value = truth.KeptValue is { Currency.IsUnset: false } value ? Add(before.Value, value) : before.Value,
        };
    }

    private static ValueList<Money> Add(ValueList<Money> sums, Money amount)
    {
        ValueList<Money> all = sums.Any(m => m.Currency == amount.Currency)
            ? sums
            : [.. sums.Add(Money.Zero(amount.Currency)).OrderBy(static m => m.Currency.Code, StringComparer.Ordinal)];
        return [.. all.Select(m => m.Currency == amount.Currency ? m + amount : m)];
    }

    private static decimal QuantityOf(IEnumerable<ResultCount> counts, ValueList<OutcomeKind> kinds) =>
        counts.Where(c => kinds.Contains(c.Kind)).Sum(static c => c.Quantity);
}
