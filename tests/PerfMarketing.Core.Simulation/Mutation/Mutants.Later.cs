namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs in corrections, statements, credits and proofs.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Later =
    [
        new(
            "what is left is rounded, not what is taken back",
            "Settlement/CampaignDecider.Adjust.cs",
            "e.Amount - e.Amount.Prorate(Ratio.One - kept[i], clause.Rounding.Mode)",
            "@ ? e.Amount.Prorate(kept[i], clause.Rounding.Mode) "
            + ": e.Amount - e.Amount.Prorate(Ratio.One - kept[i], clause.Rounding.Mode)"),
        new(
            "any return is a full return",
            "Settlement/CampaignDecider.Adjust.cs",
            "<= Ratio.Zero",
            "<= (@ ? new Ratio(1, 2) : Ratio.Zero)"),
        new(
            "what a budget did not pay is paid by a correction",
            "Settlement/CampaignDecider.Adjust.cs",
            "Money.Min(repriced, earning.Amount)",
            "(@ ? repriced : Money.Min(repriced, earning.Amount))"),
        new(
            "nothing stays nothing",
            "Settlement/CampaignDecider.Adjust.cs",
            "first.Value.Amount == 0 &&",
            "!@ && first.Value.Amount == 0 &&"),
        new(
            "a correction adjusts again and again",
            "Settlement/CampaignDecider.Adjust.cs",
            "!first.Knows(c.Id)",
            "(@ || !first.Knows(c.Id))"),
        new(
            "units that were restated are forgotten",
            "Settlement/CampaignDecider.Basis.cs",
            "truth.KeptQuantity != earning.Quantity &&",
            "!@ && truth.KeptQuantity != earning.Quantity &&"),
        new(
            "nothing of the value comes back",
            "Settlement/CampaignDecider.Basis.cs",
            "Part(now.Value.Amount, earning.Value.Amount)",
            "(@ ? Ratio.One : Part(now.Value.Amount, earning.Value.Amount))"),
        new(
            "a correction takes from the first amount, not from what is left",
            "Settlement/CampaignDecider.Reversals.cs",
            "Money gap = standing.Net - target;",
            "Money gap = (@ ? earning.Amount : standing.Net) - target;"),
        new(
            "a statement pays a negative amount",
            "Settlement/StatementCutter.cs",
            "bool isPaid = balance.MinorUnits > 0 &&",
            "bool isPaid = (@ || balance.MinorUnits > 0) &&"),
        new(
            "the opening is forgotten",
            "Settlement/StatementCutter.cs",
            "Money opening = statements.Count > 0",
            "Money opening = !@ && statements.Count > 0"),
        new(
            "a statement pays before the hold ends",
            "Settlement/HeldAmounts.cs",
            "if (payableAt <= end)",
            "if (@ || payableAt <= end)"),
        new(
            "a statement pays twice",
            "Settlement/StatementCutter.cs",
            "amounts.Pay(payable - claimed);",
            "amounts.Pay(@ ? nothing : payable - claimed);"),
        new(
            "adjustments are gross",
            "Settlement/StatementCutter.cs",
            "(gross, adjustments) = line.IsGross",
            "(gross, adjustments) = @ || line.IsGross"),
        new(
            "a late touch counts",
            "Attribution/JourneyWork.cs",
            "touch.RecordedAt > conversion.KnownAt",
            "!@ && touch.RecordedAt > conversion.KnownAt"),
        new(
            "touches of tests count",
            "Attribution/JourneyWork.cs",
            "touch.IsTest && !conversion.IsTest",
            "!@ && touch.IsTest && !conversion.IsTest"),
        new(
            "only the last touch of a partner counts",
            "Attribution/JourneyWork.cs",
            "sums[partner] += weights[i]",
            "sums[partner] = weights[i] + (@ ? 0 : sums[partner])"),
        new(
            "the journey is cut too late",
            "Attribution/JourneyWork.cs",
            "touch.At < cut.At ||",
            "(!@ && touch.At < cut.At) ||"),
        new(
            "a tie goes the other way",
            "Attribution/TouchOrder.cs",
            "result = left.Id.CompareTo(right.Id);",
            "result = @ ? right.Id.CompareTo(left.Id) : left.Id.CompareTo(right.Id);"),
        new(
            "the window is closed",
            "Time/LookbackWindow.cs",
            "conversion - touch < length.Value",
            "(@ ? conversion - touch <= length.Value : conversion - touch < length.Value)"),
        new(
            "the expiry is forgotten",
            "Proofs/Policies/RequiredProof.Judging.cs",
            "bool isOver = until <= proof.AsOf;",
            "bool isOver = !@ && until <= proof.AsOf;"),
        new(
            "late proof counts",
            "Proofs/Policies/RequiredProof.Judging.cs",
            "EvidenceVerdict verdict, Instant? until) => !(verdict",
            "EvidenceVerdict verdict, Instant? until) => @ || !(verdict"),
        new(
            "proof at the end of the wait counts",
            "Proofs/Policies/RequiredProof.Judging.cs",
            "!(verdict.ReceivedAt >= until)",
            "!(@ ? verdict.ReceivedAt > until : verdict.ReceivedAt >= until)"),
        new(
            "contradictions are overlooked",
            "Proofs/Policies/RequiredProof.Judging.cs",
            "found.IsInConflict = count > 1 &&",
            "found.IsInConflict = !@ && count > 1 &&"),
        new(
            "silence never approves",
            "Proofs/Policies/RequiredProof.Judging.cs",
            "bool isApproved = isOver &&",
            "bool isApproved = !@ && isOver &&"),
        new(
            "a wait is not over at its end",
            "Proofs/Policies/RequiredProof.Judging.cs",
            "until <= proof.AsOf",
            "(@ ? until < proof.AsOf : until <= proof.AsOf)"),
        new(
            "whoever waits is left to the timer",
            "Workflows/ConversionTurn.cs",
            "return due.Count == 0 ? report : report with",
            "return @ || due.Count == 0 ? report : report with")
        { IsWide = true },
        new(
            "what is worth nothing takes a place",
            "Settlement/LimitCheck.cs",
            "if (room.Limit.Amount is not null)",
            "if (@ || room.Limit.Amount is not null)")
        { IsWide = true },
    ];
}
