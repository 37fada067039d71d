using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>A remittance and what became of it. Immutable.</summary>
/// <param name="Remittance">The remittance as it was recorded.</param>
/// <param name="Answer">The bank's first answer; null while there is none: the money is in transit.</param>
/// <param name="Conflicts">Later answers that contradict the first; a person has to look at them.</param>
public sealed record RemittanceState(
    Remittance Remittance, RemittanceAnswer? Answer, ValueList<RemittanceAnswer> Conflicts)
{
    /// <summary>Whether it was recorded, and possibly sent, and the bank has not answered.</summary>
    public bool IsInTransit => Answer is null;

    /// <summary>Whether the payee has the money.</summary>
    public bool IsConfirmed => Answer is { Result: RemittanceResult.Confirmed };

    /// <summary>Whether the bank refused it: its statements are payable again.</summary>
    public bool IsRefused => Answer is { Result: RemittanceResult.Refused };

    /// <summary>The remittance and the answers to it, in the order in which they were recorded.</summary>
    public ValueList<CampaignRecord> Records => [Remittance, .. Answers];

    private IEnumerable<CampaignRecord> Answers => Answer is null ? [] : [Answer, .. Conflicts];

    /// <summary>How an answer relates to what is known.</summary>
    /// <param name="result">What the bank says.</param>
    public DecisionAnswer Judge(RemittanceResult result) =>
        Answer is null ? DecisionAnswer.Decided
        : Answer.Result == result ? DecisionAnswer.Replayed
        : DecisionAnswer.Conflict;

    internal RemittanceState With(RemittanceAnswer answer) => Judge(answer.Result) switch
    {
        DecisionAnswer.Decided => this with { Answer = answer },
        DecisionAnswer.Conflict => this with { Conflicts = Conflicts.Add(answer) },
        _ => this,
    };
}
