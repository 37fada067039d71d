using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Postbacks;

namespace PerfMarketing.Workflows;

/// <summary>Something the host may tell others, kept in the same commit as what it is about.</summary>
/// <remarks>Delivered at least once; receivers tell repetitions by <see cref="Id"/>, which is never random.</remarks>
/// <param name="Id">32 lower-case hexadecimal digits.</param>
/// <param name="Topic">
/// The tag of the record that was posted: <c>earning</c>, <c>adjustment</c>, <c>period-earning</c>, <c>remittance</c>,
/// <c>remittance-answer</c>; or <see cref="PostbackTopic"/>.
/// </param>
/// <param name="Outcome">The outcome that it is about; unset for what is about none.</param>
/// <param name="Entry">
/// The entry that was posted; for remittances the remittance. Unset when nothing was posted.
/// </param>
/// <param name="Address">The address that a partner is told at, ready to call; null for other topics.</param>
public sealed record OutboxMessage(
    string Id, string Topic, OutcomeId Outcome, EntryId Entry, string? Address = null) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The topic of a call that tells a partner of its outcome.</summary>
    public const string PostbackTopic = "postback";

    /// <summary>The message that a partner is to be told.</summary>
    /// <param name="call">The call.</param>
    public static OutboxMessage Of(Postback call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new(call.Id, PostbackTopic, call.Facts.Outcome, call.Facts.Entry, call.Address);
    }

    /// <summary>The message that an entry was posted.</summary>
    /// <param name="entry">The entry.</param>
    public static OutboxMessage Of(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(DerivedId.Of("outbox", entry.Tag, entry.Id.Value), entry.Tag, entry.OutcomeId, entry.Id);
    }

    /// <summary>Reads a message.</summary>
    /// <param name="terms">The terms.</param>
    public static OutboxMessage Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(
            terms.Text("id"),
            terms.Text("topic"),
            terms.Value("outcome", default(OutcomeId)),
            terms.Value("entry", default(EntryId)),
            terms.OptionalText("address"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Value("topic", Topic);
        terms.Value("outcome", Outcome, default);
        terms.Value("entry", Entry, default);
        terms.Value("address", Address);
    }
}
