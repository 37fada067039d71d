using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement.Accounts;

/// <content>What is expected for outcomes that wait or are disputed.</content>
public sealed partial class AccountBook
{
    private readonly Dictionary<OutcomeId, List<Expected>> expected = [];
    private readonly HashSet<(OutcomeId Outcome, ContractId Contract, ClauseId Clause, PartnerId Partner)> earned = [];

    // The newest decision says what is expected; what was expected before, and is no more, goes back.
    private void Expect(OutcomeDecided decided)
    {
        List<Expected> now = [.. decided.Legs.SelectMany(l => ExpectedOf(decided, l))];
        List<Expected> before = expected.GetValueOrDefault(decided.OutcomeId) ?? [];
        foreach (Expected old in before)
        {
            if (!now.Exists(old.IsFor))
            {
                Move(decided, old, old with { Amount = Money.Zero(old.Amount.Currency) });
            }
        }

        foreach (Expected next in now)
        {
            Expected old = before.Find(next.IsFor) ?? next with { Amount = Money.Zero(next.Amount.Currency) };
            if (old.Amount != next.Amount || old.Kind != next.Kind)
            {
                Move(decided, old, next);
            }
        }

        Keep(decided.OutcomeId, now);
    }

    private void Keep(OutcomeId outcome, List<Expected> now)
    {
        if (now.Count > 0)
        {
            expected[outcome] = now;
        }
        else
        {
            expected.Remove(outcome);
        }
    }

    private void Move(OutcomeDecided decided, Expected old, Expected next)
    {
        Holding holding = Of(next.Contract, next.Partner, next.Amount.Currency);
        moves.Move(old.Kind, AccountKind.AdvertiserDue, old.Amount.MinorUnits);
        moves.Move(AccountKind.AdvertiserDue, next.Kind, next.Amount.MinorUnits);
        Charge(holding, old, next);
        EntryGroup group = Group(holding, GroupCause.Decided, decided.OutcomeId.Value);
        Close(holding, group with
        {
            Version = next.Version,
            Terms = TermsOf(next.Contract, next.Version),
            Clause = next.Clause,
            OutcomeId = decided.OutcomeId,
        });
    }

    // What was expected of the leg becomes what was earned.
    private void Fulfil(Holding holding, Earning earning)
    {
        if (expected.TryGetValue(earning.OutcomeId, out List<Expected>? all)
            && all.Find(e => e.Contract == earning.Contract && e.Clause == earning.Clause
                && e.Partner == earning.Partner && e.Amount.Currency == holding.Currency) is { } fulfilled)
        {
            moves.Move(fulfilled.Kind, AccountKind.AdvertiserDue, fulfilled.Amount.MinorUnits);
            holding.FeeAccrued -= FeeOf(fulfilled);
            Keep(earning.OutcomeId, [.. all.Where(e => e != fulfilled)]);
        }
    }

    // What was earned is expected no more: when it is disputed, its holds say how much.
    private void NoteEarned(LedgerEntry entry)
    {
        if (entry is Earning or Amendment)
        {
            earned.Add((entry.OutcomeId, entry.Contract, entry.Clause, entry.Partner));
        }
    }

    // A leg's amount is divided by credits, as long as nothing is priced for each partner.
    private IEnumerable<Expected> ExpectedOf(OutcomeDecided decided, LegDecision leg)
    {
        AccountKind? kind = leg.Qualification switch
        {
            Qualification.Pending => AccountKind.Pending,
            Qualification.Disputed => AccountKind.Disputed,
            _ => null,
        };
        if (kind is null || leg.Amount.MinorUnits <= 0)
        {
            yield break;
        }

        Contract? contract = campaign.FindContract(leg.Contract, leg.Version);
        Credit[] credits = leg.Credits.Count > 0
            ? [.. leg.Credits]
            : [.. (decided.Attribution?.Credits ?? []).Where(c => contract?.Names(c.Partner) ?? true)];
        if (!Array.Exists(credits, static c => c.Weight > 0))
        {
            yield break;
        }

        Money[] parts = leg.Amount.Allocate([.. credits.Select(static c => c.Weight)]);
        for (int i = 0; i < parts.Length; i++)
        {
            PartnerId partner = credits[i].Partner;
            if (!earned.Contains((decided.OutcomeId, leg.Contract, leg.Clause, partner)))
            {
                yield return new(leg.Contract, leg.Version, leg.Clause, partner, kind.Value, parts[i]);
            }
        }
    }

    /// <summary>What one partner may get of a leg.</summary>
    private sealed record Expected(
        ContractId Contract, int Version, ClauseId Clause, PartnerId Partner, AccountKind Kind, Money Amount)
    {
        public bool IsFor(Expected other) => Contract == other.Contract && Clause == other.Clause
            && Partner == other.Partner && Amount.Currency == other.Amount.Currency;
    }
}
