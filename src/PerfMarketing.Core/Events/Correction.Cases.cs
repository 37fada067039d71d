using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <content>The cases.</content>
public abstract partial record Correction
{
    /// <summary>Calls the function of this correction's case.</summary>
    public T Match<T>(
        Func<Retraction, T> retraction,
        Func<Restatement, T> restatement,
        Func<LineReturn, T> lineReturn,
        Func<AmountReturn, T> amountReturn,
        Func<ReturnWithdrawn, T> returnWithdrawn,
        Func<Chargeback, T> chargeback,
        Func<ChargebackWon, T> chargebackWon,
        Func<Ruling, T> ruling)
    {
        ArgumentNullException.ThrowIfNull(retraction);
        ArgumentNullException.ThrowIfNull(restatement);
        ArgumentNullException.ThrowIfNull(lineReturn);
        ArgumentNullException.ThrowIfNull(amountReturn);
        ArgumentNullException.ThrowIfNull(returnWithdrawn);
        ArgumentNullException.ThrowIfNull(chargeback);
        ArgumentNullException.ThrowIfNull(chargebackWon);
        ArgumentNullException.ThrowIfNull(ruling);
        return this switch
        {
            Retraction c => retraction(c),
            Restatement c => restatement(c),
            LineReturn c => lineReturn(c),
            AmountReturn c => amountReturn(c),
            ReturnWithdrawn c => returnWithdrawn(c),
            Chargeback c => chargeback(c),
            ChargebackWon c => chargebackWon(c),
            Ruling c => ruling(c),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

/// <summary>The outcome did not happen, or does not stand: nothing of it is kept.</summary>
public sealed record Retraction : Correction
{
    internal override string Tag => "retraction";
}

/// <summary>
/// States anew what the outcome is worth or how many it is, up or down; of several the newest counts.
/// </summary>
/// <remarks>What it states is before returns: a return stands beside it, unless the restatement replaces it.</remarks>
public sealed record Restatement : Correction
{
    /// <summary>The new value; the value stays when this is null.</summary>
    public Money? Value { get; init; }

    /// <summary>The new quantity; the quantity stays when this is null.</summary>
    public decimal? Quantity { get; init; }

    internal override string Tag => "restatement";

    private protected override void WriteCase(TermWriter terms)
    {
        terms.Value("value", Value);
        terms.Number("quantity", Quantity);
    }

    private protected override void CheckCase(EventChecks checks) => checks
        .Require(Value is not null || Quantity is not null, EventCodes.Contradictory, "value")
        .Amount(Value, "value")
        .Quantity(Quantity ?? 1, "quantity");
}

/// <summary>Lines of an order came back, whole or in part.</summary>
public sealed record LineReturn : Correction
{
    /// <summary>What came back.</summary>
    public required ValueList<ReturnedLine> Lines { get; init; }

    internal override string Tag => "line-return";

    private protected override void WriteCase(TermWriter terms) => terms.List("lines", Lines);

    private protected override void CheckCase(EventChecks checks)
    {
        checks.Require(Lines.Count is > 0 and <= Events.Outcome.LineCountMax, EventCodes.LinesMissing, "lines");
        for (int i = 0; i < Lines.Count; i++)
        {
            Lines[i].Check(checks, $"lines[{InvariantText.Of(i)}]");
        }
    }
}

/// <summary>An amount was given back without saying for which line.</summary>
/// <remarks>When the order has lines, it is spread over what is kept of them.</remarks>
public sealed record AmountReturn : Correction
{
    /// <summary>What was given back, above zero.</summary>
    public required Money Amount { get; init; }

    internal override string Tag => "amount-return";

    private protected override void WriteCase(TermWriter terms) => terms.Value("amount", Amount);

    private protected override void CheckCase(EventChecks checks) => checks.Amount(Amount, "amount");
}

/// <summary>
/// A return did not come about: the <see cref="LineReturn"/> or <see cref="AmountReturn"/> it replaces no longer
/// counts.
/// </summary>
public sealed record ReturnWithdrawn : Correction
{
    internal override string Tag => "return-withdrawn";

    private protected override void CheckCase(EventChecks checks) =>
        checks.Require(Replaces is not null, EventCodes.ReplacesMissing, "replaces");
}

/// <summary>The customer's bank took the payment back.</summary>
public sealed record Chargeback : Correction
{
    /// <summary>How much; everything when this is null.</summary>
    public Money? Amount { get; init; }

    internal override string Tag => "chargeback";

    private protected override void WriteCase(TermWriter terms) => terms.Value("amount", Amount);

    private protected override void CheckCase(EventChecks checks) => checks.Amount(Amount, "amount");
}

/// <summary>The advertiser won the dispute: the <see cref="Chargeback"/> it replaces no longer counts.</summary>
public sealed record ChargebackWon : Correction
{
    internal override string Tag => "chargeback-won";

    private protected override void CheckCase(EventChecks checks) =>
        checks.Require(Replaces is not null, EventCodes.ReplacesMissing, "replaces");
}
