using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>A remittance and what became of it. Immutable.</summary>
/// <param name="Remittance">The remittance as it was recorded.</param>
/// <param name="Answer">
/// The answer that counts: the first, or that the payment came back; null while there is none: the money is in transit.
/// </param>
/// <param name="Conflicts">Later answers that contradict the first; a person has to look at them.</param>
public sealed record RemittanceState(
    Remittance Remittance, RemittanceAnswer? Answer, ValueList<RemittanceAnswer> Conflicts)
{
    /// <summary>
    /// The first answer of a payment that came back; null when it did not, or when nothing was said before.
    /// </summary>
    public RemittanceAnswer? Confirmation { get; init; }

    /// <summary>Whether it was recorded, and possibly sent, and the bank has not answered.</summary>
    public bool IsInTransit => Answer is null;

    /// <summary>Whether the payee has the money.</summary>
    public bool IsConfirmed => Answer is { Result: RemittanceResult.Confirmed };

    /// <summary>Whether the bank refused it: its statements are payable again.</summary>
    public bool IsRefused => Answer is { Result: RemittanceResult.Refused };

    /// <summary>Whether the payee had the money and it came back: its statements are payable again.</summary>
    public bool IsReturned => Answer is { Result: RemittanceResult.Returned };

    /// <summary>
    /// Whether the payee has the money or may still get it: then its statements are in no other remittance.
    /// </summary>
    public bool IsStanding => !IsRefused && !IsReturned;

    /// <summary>The remittance and the answers to it, in the order in which they were recorded.</summary>
    public ValueList<CampaignRecord> Records => [Remittance, .. Answers];

    private IEnumerable<CampaignRecord> Answers =>
        Confirmation is not null ? [Confirmation, .. Conflicts, Answer!]
        : Answer is not null ? [Answer, .. Conflicts]
        : [];

    /// <summary>How an answer relates to what is known.</summary>
    /// <remarks>
    /// Only what was confirmed comes back. Of what came back every earlier word is older news; and that a payment comes
    /// back which was refused says nothing new: the payee does not have the money either way.
    /// </remarks>
    /// <param name="result">What the bank says.</param>
    public DecisionAnswer Judge(RemittanceResult result) => (Answer?.Result, result) switch
    {
        (null, _) or (RemittanceResult.Confirmed, RemittanceResult.Returned) => DecisionAnswer.Decided,
        (RemittanceResult.Returned, _) or (RemittanceResult.Refused, RemittanceResult.Returned)
            => DecisionAnswer.Replayed,
        (var known, _) => known == result ? DecisionAnswer.Replayed : DecisionAnswer.Conflict,
    };

    internal RemittanceState With(RemittanceAnswer answer) => Judge(answer.Result) switch
    {
        DecisionAnswer.Decided => this with { Answer = answer, Confirmation = Answer },
        DecisionAnswer.Conflict => this with { Conflicts = Conflicts.Add(answer) },
        _ => this,
    };
}
