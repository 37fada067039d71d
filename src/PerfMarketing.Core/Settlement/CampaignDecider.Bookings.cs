using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>What persons book by hand.</content>
public sealed partial class CampaignDecider
{
    /// <summary>Books an amount by hand, or what another system had counted.</summary>
    /// <param name="state">
    /// The state, to which the entry is applied; it knows what was booked under the id, and the ledger of the partner.
    /// </param>
    /// <param name="manual">What is booked.</param>
    /// <param name="asOf">The instant of the decision; in a closed period it is booked when that ends.</param>
    public BookingDecision Book(CampaignState state, ManualEarning manual, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(manual);
        if (manual.Id.IsUnset)
        {
            return BookingDecision.Refuse(new(BookingReasons.Id));
        }

        EntryId id = ManualEntry.IdOf(campaign.Id, manual.Id);
        if (state.Booked(id) is { } known)
        {
            BookingDecision answer = BookingDecision.Known(known, manual);
            return answer.Answer == BookingAnswer.Replayed ? answer : answer with
            {
                Kept = Keep(state, BookingConflict.Of(TermDigest.Of(known.Source), manual, asOf)),
            };
        }

        if (state.InvalidatedBy(manual.Id) is { Count: > 0 } taken)
        {
            return new(BookingAnswer.Conflict, [], Reason.Of(BookingReasons.Conflict, ("booking", manual.Id)))
            {
                Kept = Keep(state, BookingConflict.Of(taken[0].Invalidated!.Content, manual, asOf)),
            };
        }

        Contract? contract = campaign.Contracts.Where(c => c.Id == manual.Contract && c.Names(manual.Partner))
            .OrderByDescending(c => c.IsInForce(manual.At)).ThenByDescending(static c => c.Version).FirstOrDefault();
        if (contract is null)
        {
            return BookingDecision.Refuse(Reason.Of(
                BookingReasons.NotNamed, ("contract", manual.Contract), ("partner", manual.Partner)));
        }

        if ((RefuseForm(manual, contract, asOf) ?? RefuseTally(manual, contract)) is { } reason)
        {
            return BookingDecision.Refuse(reason);
        }

        Instant bookedAt = Instant.Max(asOf, state.SettledThrough(contract.Id));
        ManualEntry entry = new()
        {
            OutcomeId = default,
            DecidedAt = bookedAt,
            Id = id,
            Contract = contract.Id,
            Version = contract.Version,
            Clause = new(EnumText.Of(manual.Kind)),
            Partner = manual.Partner,
            Amount = manual.Amount,
            OccurredAt = manual.At,
            PayableAt = Instant.Max(bookedAt, manual.PayableAt ?? bookedAt),
            Source = manual,
            Terms = contract.Digest,
            Campaign = campaign.Id,
            CampaignVersion = campaign.Version,
        };
        entry = InTally(entry, contract);
        if (entry.TallyKey is { } key && state.TallyOf(key, contract.Currency) != Tally.Zero(contract.Currency))
        {
            return BookingDecision.Refuse(new(BookingReasons.TallyBegun));
        }

        state.Apply(entry);
        return new(BookingAnswer.Booked, [entry]);
    }

    // The first content stands; each other one is kept once.
    private static BookingConflict? Keep(CampaignState state, BookingConflict conflict)
    {
        ValueList<BookingConflict> known = state.ConflictsOf(conflict.Booking);
        if (known.Count >= ConflictCountMax || known.Any(c => c.Content == conflict.Content))
        {
            return null;
        }

        state.Apply(conflict);
        return conflict;
    }

    private static ManualEntry InTally(ManualEntry entry, Contract contract) =>
        entry.Source.Tally is { } tally && contract.FindClause(tally.Clause) is { } clause
            ? entry with
            {
                TallyScope = clause.Tally.Scope,
                TallyPeriod = contract.TallyPeriodOf(clause, entry.OccurredAt).Key,
            }
            : entry;

    private static Reason? RefuseForm(ManualEarning manual, Contract contract, Instant asOf)
    {
        bool opens = manual.Kind == ManualKind.OpeningTally;
        Instant latest = Instant.Max(asOf, manual.PayableAt ?? asOf);
        return manual.Amount.Currency != contract.Currency
                ? Reason.Of(BookingReasons.OtherCurrency, ("currency", manual.Amount.Currency))
            : !Identifier.IsValid(manual.Author) ? new(BookingReasons.Author)
            : !IsNote(manual.Note) ? new(BookingReasons.Note)
            : !ContractCalendar.Covers(manual.At) || !ContractCalendar.Covers(asOf) || !ContractCalendar.Covers(latest)
                ? new(BookingReasons.OutsideCalendar)
            : !Enum.IsDefined(manual.Kind) || opens != manual.Tally is not null
                || (opens && manual.Amount.MinorUnits != 0)
                ? new(BookingReasons.Kind)
            : null;
    }

    private static bool IsNote(string? note) => note is { Length: > 0 and <= ManualEarning.NoteLengthMax }
        && UnicodeText.IsWellFormed(note) && !note.Any(char.IsControl);

    private static Reason? RefuseTally(ManualEarning manual, Contract contract) => manual.Tally is not { } tally ? null
        : contract.FindClause(tally.Clause) is not { Tally.IsListed: false } clause
            || tally.Customer is not null != (clause.Tally.Scope == TallyScope.Customer)
            ? new(BookingReasons.Tally)
        : tally.Counted.Accrued.Currency != contract.Currency || tally.Counted.Value.Currency != contract.Currency
            ? Reason.Of(BookingReasons.OtherCurrency, ("currency", tally.Counted.Accrued.Currency))
        : !tally.IsWithinBounds() ? new(BookingReasons.TallyTooGreat)
        : null;
}
