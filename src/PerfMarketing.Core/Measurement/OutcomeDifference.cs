using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>
/// One outcome, one partner's period, or what was booked by hand, that two campaigns pay for differently, in one
/// currency.
/// </summary>
public sealed record OutcomeDifference : ITerms
{
    /// <summary>The outcome; null for what is paid for a period without an outcome.</summary>
    public OutcomeId? Outcome { get; init; }

    /// <summary>The outcome's kind; null for what is paid for a period.</summary>
    public OutcomeKind? Kind { get; init; }

    /// <summary>The partner whose period or booking it is; null for an outcome.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>The period's key, such as <c>2026-03</c>; null for an outcome.</summary>
    public string? Period { get; init; }

    /// <summary>What was booked by hand; null for all else.</summary>
    public BookingId? Booking { get; init; }

    /// <summary>What it costs the advertiser under the first campaign, after corrections.</summary>
    public required Money Before { get; init; }

    /// <summary>What it costs the advertiser under the other one.</summary>
    public required Money After { get; init; }

    /// <summary>Why, with a code of <see cref="ComparisonReasons"/>.</summary>
    public required Reason Reason { get; init; }

    /// <summary>Who keeps more or less of it, by name; also when the cost is the same.</summary>
    public ValueList<PartyChange> Parties { get; init; } = [];

    /// <summary>What it costs more; below zero when it costs less.</summary>
    public Money Delta => After - Before;

    /// <summary>The greatest change of any party, whatever its sign.</summary>
    internal long Shift => Parties.Select(static p => Math.Abs(p.Delta.MinorUnits)).DefaultIfEmpty().Max();

    /// <summary>Reads a difference; one between two currencies is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static OutcomeDifference Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        OutcomeDifference difference = new()
        {
            Outcome = terms.Optional<OutcomeId>("outcome"),
            Kind = terms.Optional<OutcomeKind>("kind"),
            Partner = terms.Optional<PartnerId>("partner"),
            Period = terms.OptionalText("period"),
            Booking = terms.Optional<BookingId>("booking"),
            Before = terms.Value<Money>("before"),
            After = terms.Value<Money>("after"),
            Reason = terms.Object("reason", Primitives.Reason.Read),
            Parties = terms.List("parties", PartyChange.Read),
        };
        if (difference.Before.Currency != difference.After.Currency
            || difference.Parties.Any(p => p.Before.Currency != difference.Before.Currency))
        {
            terms.Fail("after", TermCodes.Malformed, "A difference is in one currency.");
        }

        return difference;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("outcome", Outcome);
        terms.Value("kind", Kind);
        terms.Value("partner", Partner);
        terms.Value("period", Period);
        terms.Value("booking", Booking);
        terms.Value("before", Before);
        terms.Value("after", After);
        terms.Terms("reason", Reason);
        terms.List("parties", Parties);
    }
}
