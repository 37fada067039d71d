using System.Globalization;
using System.Numerics;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Testing;

/// <content>What persons decide, and how an outcome then stands.</content>
public sealed partial class ContractScenario
{
    /// <summary>A person approves the outcome, under the one contract or all, perhaps at another amount.</summary>
    /// <param name="amount">What is paid instead, under the first contract; null for what the terms pay.</param>
    public ContractScenario Approved(Money? amount = null) => Corrected(new Approval
    {
        Id = NextCorrection(),
        Outcome = current,
        At = Now,
        Contract = amount is null ? null : run.State.Campaign.Contracts[0].Id,
        Amount = amount,
    });

    /// <summary>A person rejects the outcome.</summary>
    /// <param name="reason">Why, in the host's words; null when nobody says.</param>
    public ContractScenario Rejected(CorrectionReason? reason = null) =>
        Corrected(new Rejection { Id = NextCorrection(), Outcome = current, At = Now, Reason = reason });

    /// <summary>The buyer grades the outcome; the clause says what that means.</summary>
    /// <param name="grade">The grade, such as <c>A</c> or <c>unreachable</c>.</param>
    public ContractScenario Graded(string grade) =>
        Corrected(new Graded { Id = NextCorrection(), Outcome = current, At = Now, Grade = grade });

    /// <summary>The outcome qualified under every clause that is about it.</summary>
    /// <exception cref="ScenarioFailedException">It did not.</exception>
    public ContractScenario ExpectQualified() => Expect(
        $"{current} is qualified",
        "qualified",
        run.State.Find(current)?.Decision?.Qualification is Qualification.Qualified);

    /// <summary>The outcome is disputed: its evidence contradicts itself, and its money is held.</summary>
    /// <param name="code">The code of a reason, such as <c>proof.replay-conflict</c>.</param>
    /// <exception cref="ScenarioFailedException">It is not, or for other reasons.</exception>
    public ContractScenario ExpectDisputed(string code) => Expect(
        $"{current} is disputed",
        $"disputed for {code}",
        run.State.Find(current)?.Decision?.Qualification is Qualification.Disputed disputed
            && disputed.Reasons.Any(r => r.Code == code));

    /// <summary>The part of the credit for the outcome that a partner has.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="part">The part in lowest terms, such as <c>1/2</c> or <c>1</c>; <c>nothing</c> for none.</param>
    /// <exception cref="ScenarioFailedException">It has another part, or there is no such outcome.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner.</exception>
    public ContractScenario ExpectCredit(string partner, string part)
    {
        string step = $"credit of {partner} for {current}";
        PartnerId id = Known(partner);
        ValueList<Credit> credits = Known(step, part).Decision?.Attribution?.Credits ?? [];
        return Expect(
            step,
            part,
            string.Join(" + ", credits.Where(c => c.Partner == id).Select(Text).DefaultIfEmpty("nothing")));
    }

    private static string Text(Credit credit)
    {
        var common = (long)BigInteger.GreatestCommonDivisor(credit.Weight, credit.Total);
        return credit.Weight == credit.Total
            ? "1"
            : string.Create(CultureInfo.InvariantCulture, $"{credit.Weight / common}/{credit.Total / common}");
    }
}
