using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/reversal-limit.md.</summary>
public sealed class ReversalLimitSnippets
{
    [Fact]
    public void Judge_a_reversal()
    {
        #region judge
        ReversalLimit limit = new(10.Percent, ReversalBase.Count)
        {
            Rounding = ReversalRounding.Up,
            Within = Duration.FromHours(72),
            Exempt = [CorrectionReason.Fraud],
        };

        ReversalDecision<long> decision = limit.Judge(delivered: 25, reversed: 2, requested: 3);
        #endregion

        decision.Allowed.Should().Be(1);
        decision.Refused.Should().Be(2);
        decision.Reason!.ToString().Should().Be(
            "reversal.over-limit (max: 10%, delivered: 25, limit: 3, reversed: 2, requested: 3)");
        ContractPages.Contract("docs/reversal-limit.md", 0).ReversalLimit.Should().Be(limit);
    }

    [Fact]
    public void List_what_is_refused()
    {
        #region list
        ValueList<JudgedReversal<Money>> judged = new ReversalLimit(5.Percent, ReversalBase.Amount).JudgeAll(
            delivered: 1_000.Eur,
            [new(new("k1"), 40.Eur, CorrectionReason.Returned), new(new("k2"), 30.Eur, CorrectionReason.Cancelled)]);
        string refused = string.Join("; ", judged
            .Where(j => j.Decision.IsRefused)
            .Select(j => $"{j.Request.Correction} {j.Decision.Refused}"));
        #endregion

        refused.Should().Be("k2 20.00 EUR");
    }
}
