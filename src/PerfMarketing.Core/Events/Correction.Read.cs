using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <content>Reading.</content>
public abstract partial record Correction
{
    /// <summary>
    /// Reads a correction of any case; an unknown one is the failure <see cref="CorrectionCodes.Unknown"/>.
    /// </summary>
    /// <param name="terms">The terms.</param>
    public static Correction Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string tag = terms.Text("correction");
        CorrectionId id = terms.Value<CorrectionId>("id");
        OutcomeId outcome = terms.Value<OutcomeId>("outcome");
        EventClocks clocks = terms.Clocks();
        Correction read = tag switch
        {
            "retraction" => new Retraction { Id = id, Outcome = outcome, At = clocks.At },
            "restatement" => new Restatement
            {
                Id = id,
                Outcome = outcome,
                At = clocks.At,
                Value = terms.Optional<Money>("value"),
                Quantity = terms.OptionalNumber("quantity"),
            },
            "line-return" => new LineReturn
            {
                Id = id,
                Outcome = outcome,
                At = clocks.At,
                Lines = terms.List("lines", ReturnedLine.Read),
            },
            "amount-return" =>
                new AmountReturn { Id = id, Outcome = outcome, At = clocks.At, Amount = terms.Value<Money>("amount") },
            "return-withdrawn" => new ReturnWithdrawn { Id = id, Outcome = outcome, At = clocks.At },
            "chargeback" =>
                new Chargeback { Id = id, Outcome = outcome, At = clocks.At, Amount = terms.Optional<Money>("amount") },
            "approval" => new Approval
            {
                Id = id,
                Outcome = outcome,
                At = clocks.At,
                Contract = terms.Optional<ContractId>("contract"),
                Clause = terms.Optional<ClauseId>("clause"),
                Author = terms.OptionalText("author"),
                Amount = terms.Optional<Money>("amount"),
            },
            "rejection" => new Rejection
            {
                Id = id,
                Outcome = outcome,
                At = clocks.At,
                Contract = terms.Optional<ContractId>("contract"),
                Clause = terms.Optional<ClauseId>("clause"),
                Author = terms.OptionalText("author"),
            },
            "grade" => new Graded
            {
                Id = id,
                Outcome = outcome,
                At = clocks.At,
                Contract = terms.Optional<ContractId>("contract"),
                Clause = terms.Optional<ClauseId>("clause"),
                Author = terms.OptionalText("author"),
                Grade = terms.Text("grade"),
            },
            "chargeback-won" => new ChargebackWon { Id = id, Outcome = outcome, At = clocks.At },
            _ => Unknown(terms, id, outcome, clocks),
        };
        return read with
        {
            RecordedAt = clocks.RecordedAt,
            Replaces = terms.Optional<CorrectionId>("replaces"),
            Reason = terms.Optional<CorrectionReason>("reason"),
            Note = terms.OptionalText("note"),
        };
    }

    private static Retraction Unknown(TermReader terms, CorrectionId id, OutcomeId outcome, EventClocks clocks)
    {
        if (terms.Node("correction") is { Kind: TermKind.Text })
        {
            terms.Fail("correction", CorrectionCodes.Unknown, "There is no such correction.");
        }

        terms.IgnoreRest();
        return new() { Id = id, Outcome = outcome, At = clocks.At };
    }
}
