using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>That an outcome happened to a customer: where a journey may be cut.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="At">When it happened.</param>
/// <param name="RecordedAt">When it was written down.</param>
public sealed record OutcomeMark(CustomerId Customer, OutcomeId Outcome, Instant At, Instant RecordedAt) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>Reads a mark.</summary>
    /// <param name="terms">The terms.</param>
    public static OutcomeMark Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(
            terms.Value<CustomerId>("customer"),
            terms.Value<OutcomeId>("outcome"),
            terms.Instant("at"),
            terms.Instant("recordedAt"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("customer", Customer);
        terms.Value("outcome", Outcome);
        terms.Instant("at", At);
        terms.Instant("recordedAt", RecordedAt);
    }
}
