using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>
/// Approves an outcome: what waits for proof, or was rejected for want of it, is paid; also at another amount.
/// </summary>
public sealed record Approval : Ruling
{
    /// <summary>
    /// What the contract's clause pays for the outcome instead, for all partners together; what the terms pay when this
    /// is null. Needs <see cref="Ruling.Contract"/>.
    /// </summary>
    public Money? Amount { get; init; }

    internal override string Tag => "approval";

    private protected override void WriteCase(TermWriter terms)
    {
        base.WriteCase(terms);
        terms.Value("amount", Amount);
    }

    private protected override void CheckCase(EventChecks checks)
    {
        base.CheckCase(checks);
        checks.Require(Amount is null || Contract is not null, EventCodes.ContractMissing, "contract")
            .Amount(Amount, "amount");
    }
}

/// <summary>Rejects an outcome: it is not paid, and what was earned is taken back as the terms say.</summary>
public sealed record Rejection : Ruling
{
    internal override string Tag => "rejection";
}

/// <summary>Says how good an outcome is; the clause's terms say what that means.</summary>
public sealed record Graded : Ruling
{
    /// <summary>The most characters of <see cref="Grade"/>.</summary>
    public const int GradeLengthMax = 64;

    /// <summary>The grade, such as <c>A</c> or <c>unreachable</c>; compared ordinally.</summary>
    public required string Grade { get; init; }

    internal override string Tag => "grade";

    private protected override void WriteCase(TermWriter terms)
    {
        base.WriteCase(terms);
        terms.Value("grade", Grade);
    }

    private protected override void CheckCase(EventChecks checks)
    {
        base.CheckCase(checks);
        checks.Text(Grade, "grade", GradeLengthMax);
    }
}
