using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Settlement.Accounts;

/// <content>Ledger entries: what is earned goes in hold or is payable, what corrects it takes from where it
/// is.</content>
public sealed partial class AccountBook
{
    private readonly Dictionary<EntryId, LedgerEntry> entered = [];
    private readonly Dictionary<EntryId, EarningLot> lots = [];
    private readonly PriorityQueue<HeldPart, (Instant At, long Place)> holds = new();
    private long places;

    private void Enter(LedgerEntry entry)
    {
        Holding holding = Of(entry.Contract, entry.Partner, entry.Amount.Currency);
        EntryId? about = AboutOf(entry);
        EarningLot lot = LotOf(about ?? entry.Id, entry);
        if (entry is Earning earning)
        {
            Fulfil(holding, earning);
        }

        NoteEarned(entry);
        if (entry is DisputeHold)
        {
            // What is held of an earning is neither taken back nor paid.
            moves.Move(AccountKind.AdvertiserDue, AccountKind.Disputed, -entry.Amount.MinorUnits);
        }

        if (entry.Amount.MinorUnits < 0 && about is null && entry.PayableAt > Through)
        {
            OweLater(holding, lot, entry);
        }
        else if (entry.Amount.MinorUnits < 0)
        {
            TakeBack(holding, lot, entry);
        }
        else if (entry.Parts.Count > 0)
        {
            foreach (Instalment instalment in entry.Parts)
            {
                Add(holding, lot, entry, instalment.PayableAt, instalment.Amount.MinorUnits);
            }
        }
        else
        {
            Add(holding, lot, entry, entry.PayableAt, entry.Amount.MinorUnits);
        }

        if (entry is not DisputeHold)
        {
            NoteRounding(holding, lot, entry);
            Charge(holding, lot, entry);
        }

        EntryGroup group = Group(holding, GroupCause.Entered, entry.Id.Value);
        Close(holding, Cite(group, entry, lot.Origin) with { Corrects = about });
    }

    private bool IsKnown(LedgerEntry entry) => entered.TryGetValue(entry.Id, out LedgerEntry? before)
        && (before.Equals(entry) ? true : throw Conflict("entry", entry.Id.Value));

    private static ArgumentException Conflict(string what, string name) =>
        new($"The {what} '{name}' was posted before with other content.");

    // The entry that another is about, when it is not its own.
    private static EntryId? AboutOf(LedgerEntry entry) => entry switch
    {
        Adjustment adjustment => adjustment.Corrects,
        Amendment amendment => amendment.Corrects,
        DisputeHold hold => hold.Corrects,
        Repricing repricing => repricing.CausedBy,
        _ => null,
    };

    private EarningLot LotOf(EntryId id, LedgerEntry entry)
    {
        if (!lots.TryGetValue(id, out EarningLot? lot))
        {
            lots.Add(id, lot = new(entry));
        }

        return lot;
    }

    private EntryGroup Cite(EntryGroup group, LedgerEntry entry, LedgerEntry origin) => group with
    {
        CampaignVersion = origin switch
        {
            Earning earning => earning.CampaignVersion,
            PeriodEarning earning => earning.CampaignVersion,
            ManualEntry booked => booked.CampaignVersion,
            _ => campaign.Version,
        },
        Version = entry.Version,
        Terms = (entry, origin) switch
        {
            (Amendment amendment, _) => amendment.Restated.Terms,
            (_, Earning earning) when earning.Version == entry.Version => earning.Terms,
            (PeriodEarning earning, _) => earning.Terms,
            (ManualEntry booked, _) => booked.Terms,
            _ => TermsOf(entry.Contract, entry.Version),
        },
        Clause = entry.Clause,
        OutcomeId = entry.OutcomeId,
        Evidence = (entry as Earning)?.Evidence ?? [],
        Approval = (entry as Earning)?.Approval,
        Rates = ((entry as Amendment)?.Restated ?? origin as Earning)?.Rates ?? [],
        Before = (entry as Earning)?.Before,
    };

    private void Add(Holding holding, EarningLot lot, LedgerEntry entry, Instant payableAt, long amount)
    {
        if (payableAt <= Through)
        {
            lot.Released += amount;
            moves.Move(AccountKind.AdvertiserDue, AccountKind.Payable, amount);
            return;
        }

        moves.Move(AccountKind.AdvertiserDue, AccountKind.Locked, amount);
        HeldPart part = new(holding, lot, entry, payableAt, ++places) { Amount = amount };
        lot.Parts.Add(part);
        holding.Held.Add(part);
        holds.Enqueue(part, (payableAt, part.Place));
    }

    // What is about no other entry is owed back at once, and set off from when on it is payable.
    private void OweLater(Holding holding, EarningLot lot, LedgerEntry entry)
    {
        long owed = -entry.Amount.MinorUnits;
        moves.Move(AccountKind.ClawbackDue, AccountKind.AdvertiserDue, owed);
        HeldPart part = new(holding, lot, entry, entry.PayableAt, ++places) { Amount = owed, IsDebt = true };
        holds.Enqueue(part, (part.PayableAt, part.Place));
    }

    private void Release(HeldPart part)
    {
        if (part.IsDebt)
        {
            part.Holding.Debts.AddLast((part.Entry.Id, part.Amount));
            moves.Move(AccountKind.ClawbackDue, AccountKind.ClawbackDue, 0);
        }
        else
        {
            part.Lot.Parts.Remove(part);
            part.Lot.Released += part.Amount;
            moves.Move(AccountKind.Locked, AccountKind.Payable, part.Amount);
        }

        EntryGroup group = Group(part.Holding, GroupCause.HoldEnded, part.Entry.Id.Value);
        Close(part.Holding, Cite(group, part.Entry, part.Lot.Origin) with
        {
            Evidence = [],
            Rates = [],
            Before = null,
        });
    }

    // First what of the earning is in hold, then what of it has left its hold. The rest was taken by others already:
    // for it, what is in hold of other earnings. What is about no other entry is owed at once.
    private void TakeBack(Holding holding, EarningLot lot, LedgerEntry entry)
    {
        long rest = -entry.Amount.MinorUnits;
        foreach (HeldPart part in lot.Parts.OrderDescending(HeldPart.Order).ToList())
        {
            rest -= Take(holding, part, rest);
        }

        long released = Math.Min(rest, lot.Released);
        lot.Released -= released;
        rest -= released;
        while (rest > 0 && !ReferenceEquals(lot.Origin, entry) && holding.Held.Max is { } latest)
        {
            rest -= Take(holding, latest, rest);
        }

        long due = released + rest;
        long payable = Math.Min(due, holding[AccountKind.Payable]);
        moves.Move(AccountKind.Payable, AccountKind.AdvertiserDue, payable);
        if (due > payable)
        {
            moves.Move(AccountKind.ClawbackDue, AccountKind.AdvertiserDue, due - payable);
            holding.Debts.AddLast((entry.Id, due - payable));
        }
    }

    private long Take(Holding holding, HeldPart part, long wanted)
    {
        long taken = Math.Min(wanted, part.Amount);
        part.Amount -= taken;
        moves.Move(AccountKind.Locked, AccountKind.AdvertiserDue, taken);
        if (part.Amount == 0)
        {
            holding.Held.Remove(part);
            part.Lot.Parts.Remove(part);
        }

        return taken;
    }
}
