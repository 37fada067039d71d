using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>
/// A later record that says what is now true of an outcome, or what was decided on it by hand; nothing before it is
/// edited.
/// </summary>
/// <remarks>
/// A closed set: <see cref="Match"/> forces every case to be handled. Whatever a <see cref="Ruling"/> says is no part
/// of what is true. Amounts given back are positive. <see cref="OutcomeTruth"/> folds an outcome and its corrections
/// into what is true.
/// </remarks>
public abstract partial record Correction : ITerms
{
    /// <summary>The most characters of <see cref="Note"/>.</summary>
    public const int NoteLengthMax = 500;

    private EventClocks clocks;

    private protected Correction()
    {
    }

    /// <summary>The id, unique per advertiser: its idempotency key.</summary>
    public required CorrectionId Id { get; init; }

    /// <summary>The outcome it is about.</summary>
    public required OutcomeId Outcome { get; init; }

    /// <summary>When it happened: the day of the return, not of its booking.</summary>
    public required Instant At
    {
        get => clocks.At;
        init => clocks = clocks with { At = value };
    }

    /// <summary>When it was written down; the same as <see cref="At"/> unless stated.</summary>
    public Instant RecordedAt
    {
        get => clocks.RecordedAt;
        init => clocks = clocks with { Stated = value };
    }

    /// <summary>The earlier correction that this one stands instead of, and which then no longer counts.</summary>
    public CorrectionId? Replaces { get; init; }

    /// <summary>Why, in a word that terms can ask for; null when nobody said.</summary>
    public CorrectionReason? Reason { get; init; }

    /// <summary>Why, in the words of whoever corrected.</summary>
    public string? Note { get; init; }

    /// <summary>The tag of this case in JSON.</summary>
    internal abstract string Tag { get; }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("correction", Tag);
        terms.Value("id", Id);
        terms.Value("outcome", Outcome);
        terms.Clocks(clocks);
        terms.Value("replaces", Replaces);
        terms.Value("reason", Reason);
        terms.Value("note", Note);
        WriteCase(terms);
    }

    /// <summary>What is wrong with this correction by itself; empty when it can be used.</summary>
    /// <returns>Reasons with codes of <see cref="EventCodes"/> and the term they are about.</returns>
    public ValueList<Reason> Check()
    {
        EventChecks checks = new EventChecks()
            .Require(!Id.IsUnset, EventCodes.IdMissing, "id")
            .Require(!Outcome.IsUnset, EventCodes.OutcomeMissing, "outcome")
            .Clocks(clocks)
            .Require(Replaces != Id, EventCodes.NamesItself, "replaces")
            .Text(Note, "note", NoteLengthMax);
        CheckCase(checks);
        return checks.Result;
    }

    /// <summary>Whether another correction says the same, whenever each of them was recorded.</summary>
    internal bool SaysTheSameAs(Correction other) =>
        this with { RecordedAt = At } == other with { RecordedAt = other.At };

    private protected virtual void WriteCase(TermWriter terms)
    {
    }

    private protected virtual void CheckCase(EventChecks checks)
    {
    }
}
