using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Workflows;

/// <summary>A payee's remittances in one currency as they were read, and what is added to them.</summary>
internal sealed class RemittanceStream
{
    private readonly StreamId stream;
    private long version;

    private RemittanceStream(PartnerId payee, Currency currency)
    {
        stream = StreamId.OfRemittances(payee, currency);
        Book = new(payee, currency);
    }

    /// <summary>
    /// Whether the store could not say at least once, in this call, whether it had committed the last record.
    /// </summary>
    public bool IsUnsure { get; private set; }

    /// <summary>The remittances.</summary>
    public RemittanceBook Book { get; }

    /// <summary>Reads what is stored.</summary>
    public static async ValueTask<RemittanceStream> ReadAsync(
        ILedgerStore ledger, PartnerId payee, Currency currency, CancellationToken cancellationToken)
    {
        RemittanceStream found = new(payee, currency);
        ValueList<StreamPosition> all = [new(found.stream, 0)];
        await foreach (StoredRecord stored in ledger.ReadAsync(all, cancellationToken).ConfigureAwait(false))
        {
            found.Book.Apply(stored.Record);
            found.version = stored.Version;
        }

        return found;
    }

    /// <summary>Commits one record; what the store cannot say is asked again under the same key.</summary>
    /// <returns>
    /// Whether it was committed now, and is in the book; if not, something else is stored: read and decide again.
    /// </returns>
    /// <exception cref="CommitFailedException">The store never said.</exception>
    public async ValueTask<bool> CommitAsync(
        ILedgerStore ledger, CampaignRecord record, string key, CancellationToken cancellationToken)
    {
        CommitBatch batch = new()
        {
            Unit = stream.Unit,
            Key = key,
            Content = new CanonicalWriter(key).ToDigest(),
            Appends = [new(new(stream, version), [record])],
            Outbox = [MessageOf(record)],
        };
        CommitResult result;
        IsUnsure = false;
        int attempt = 0;
        do
        {
            if (attempt > 0)
            {
                WorkflowTelemetry.NoteRetry(default);
            }

            result = await ledger.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            WorkflowTelemetry.NoteCommit(default, result);
            IsUnsure |= result is CommitResult.Unavailable { MaybeApplied: true };
        }
        while (result is CommitResult.Unavailable && ++attempt < ConversionWorkflow.AttemptCountMax);

        switch (result)
        {
            case CommitResult.Committed:
                Book.Apply(record);
                version++;
                return true;
            case CommitResult.Unavailable:
                throw new CommitFailedException(key, result);
            default:
                return false;
        }
    }

    private static OutboxMessage MessageOf(CampaignRecord record) => record switch
    {
        Remittance made => new(
            DerivedId.Of("outbox", made.Tag, made.Id.Value), made.Tag, default, new(made.Id.Value)),
        RemittanceAnswer answer => new(
            DerivedId.Of("outbox", answer.Tag, answer.Remittance.Value, EnumText.Of(answer.Result)),
            answer.Tag,
            default,
            new(answer.Remittance.Value)),
        _ => throw new ArgumentException("Not a record of a remittance.", nameof(record)),
    };
}
