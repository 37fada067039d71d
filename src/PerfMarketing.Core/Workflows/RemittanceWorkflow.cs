using System.Diagnostics;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Workflows;

/// <summary>Pays payees: records each remittance first, then sends it, and takes in what the bank says.</summary>
/// <remarks>
/// Every call may be repeated, at any time and by several callers at once. What was recorded and perhaps not sent is
/// looked up at the bank and sent again under the same id; only what the bank refused, or what came back, is paid by
/// another remittance.
/// Thread-safe when the ports are.
/// </remarks>
public sealed class RemittanceWorkflow
{
    private readonly ILedgerStore ledger;
    private readonly IPayments payments;

    /// <summary>Makes the workflow.</summary>
    /// <param name="ledger">Where remittances are recorded.</param>
    /// <param name="payments">Where payments are made.</param>
    public RemittanceWorkflow(ILedgerStore ledger, IPayments payments)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(payments);
        this.ledger = ledger;
        this.payments = payments;
    }

    /// <summary>Pays a payee what is due in one currency, in one payment.</summary>
    /// <remarks>
    /// First asks the bank about every remittance of the payee that is in transit; then plans by
    /// <see cref="RemittancePlan.Of"/>, records, and sends; what comes to nothing is settled without the bank.
    /// </remarks>
    /// <param name="terms">The payee's terms.</param>
    /// <param name="statements">The payee's statements, of all contracts and campaigns; see the plan.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="ArgumentException">
    /// The terms are wrong, two statements have one name and differ, an invoice is another's, or there are more than
    /// <see cref="Remittance.PartCountMax"/>.
    /// </exception>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public async ValueTask<RemittanceReport> RemitAsync(
        RemittanceTerms terms,
        ValueList<PayableStatement> statements,
        Instant asOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(statements);
        RemittancePlan.ThrowIfWrong(terms);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Remit);
        SortedSet<long> touched = [];
        Remittance? own = null;
        bool isOwn = false;
        for (int attempt = 0; attempt < ConversionWorkflow.AttemptCountMax; attempt++)
        {
            if (attempt > 0)
            {
                WorkflowTelemetry.NoteRetry(default);
            }

            RemittanceStream stream = await RemittanceStream
                .ReadAsync(ledger, terms.Payee, terms.Currency, cancellationToken).ConfigureAwait(false);
            if (!await AskAsync(stream, touched, asOf, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            RemittancePlan plan = RemittancePlan.Of(terms, statements, stream.Book, asOf);

            // What this call recorded stands, also when the store said so only after it was asked again.
            if (own is not null && stream.Book.Find(own.Id) is not null)
            {
                touched.Add(own.Number);
                return ReportOf(activity, stream, touched, plan) with { Reason = null, IsRepetition = !isOwn };
            }

            if (plan.Remittance is null && RepeatedBy(stream, plan, statements, asOf) is { } repeated)
            {
                touched.Add(repeated);
                return ReportOf(activity, stream, touched, plan with { Reason = null }) with { IsRepetition = true };
            }

            if (plan.Remittance is not { } next)
            {
                return ReportOf(activity, stream, touched, plan);
            }

            (own, isOwn) = (next, false);
            string key = $"remittance/{next.Id}";
            if (await stream.CommitAsync(ledger, next, key, cancellationToken).ConfigureAwait(false))
            {
                isOwn = true;
                touched.Add(next.Number);
                if (await SendAsync(stream, next, asOf, cancellationToken).ConfigureAwait(false))
                {
                    plan = stream.Book.Find(next.Id) is { IsRefused: true }
                        ? RemittancePlan.Of(terms, statements, stream.Book, asOf)
                        : plan with { Remittance = null };
                    return ReportOf(activity, stream, touched, plan) with { Reason = null };
                }
            }
            else
            {
                isOwn = stream.IsUnsure;
            }
        }

        throw new CommitFailedException($"The remittances of '{terms.Payee}' are changed all the time.");
    }

    /// <summary>
    /// Takes in what the bank says of a remittance, such as a line of an account statement, or that it came back.
    /// </summary>
    /// <param name="payee">The payee.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="answer">What the bank says; its instant is when it is taken in.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <returns>The receipt, on a repeat as well; null when the payee has no such remittance.</returns>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public async ValueTask<RemittanceReceipt?> ConfirmAsync(
        PartnerId payee, Currency currency, RemittanceAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Confirm);
        for (int attempt = 0; attempt < ConversionWorkflow.AttemptCountMax; attempt++)
        {
            if (attempt > 0)
            {
                WorkflowTelemetry.NoteRetry(default);
            }

            RemittanceStream stream =
                await RemittanceStream.ReadAsync(ledger, payee, currency, cancellationToken).ConfigureAwait(false);
            if (stream.Book.Find(answer.Remittance) is not { } known)
            {
                WorkflowTelemetry.Answer(activity, 0);
                return null;
            }

            DecisionAnswer judged = known.Judge(answer.Result);
            if (judged == DecisionAnswer.Replayed || known.Conflicts.Any(c => c.Result == answer.Result)
                || await stream.CommitAsync(ledger, answer, KeyOf(answer), cancellationToken).ConfigureAwait(false))
            {
                WorkflowTelemetry.Answer(activity, judged);
                return new(judged, stream.Book.Find(answer.Remittance)!);
            }
        }

        throw new CommitFailedException($"The remittances of '{payee}' are changed all the time.");
    }

    /// <summary>Every remittance of a payee in a currency, as it stands.</summary>
    /// <param name="payee">The payee.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async ValueTask<ValueList<RemittanceState>> ReadAsync(
        PartnerId payee, Currency currency, CancellationToken cancellationToken)
    {
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.ReadRemittances);
        RemittanceStream stream =
            await RemittanceStream.ReadAsync(ledger, payee, currency, cancellationToken).ConfigureAwait(false);
        ValueList<RemittanceState> remittances = [.. stream.Book.Remittances];
        WorkflowTelemetry.Answer(activity, remittances.Count);
        return remittances;
    }

    // The remittance that the call asks for again: it holds the newest statement that is payable, and nothing is left.
    private static long? RepeatedBy(
        RemittanceStream stream, RemittancePlan plan, ValueList<PayableStatement> statements, Instant asOf)
    {
        if (plan.Reason?.Code != RemittanceReasons.NothingPayable)
        {
            return null;
        }

        StatementId? newest = statements.Where(s => s.PayFrom <= asOf).Select(static s => s.Statement)
            .Where(s => s.IsClosed && s.To <= asOf && s.Partner == stream.Book.Payee
                && s.Payable.Currency == stream.Book.Currency && s.Payable.MinorUnits > 0)
            .MaxBy(static s => s.To)?.Id;
        return stream.Book.Remittances.LastOrDefault(r =>
            r.IsStanding && r.Remittance.Parts.Any(p => p.Statement == newest))?.Remittance.Number;
    }

    private static string KeyOf(RemittanceAnswer answer) =>
        $"remittance-answer/{answer.Remittance}/{EnumText.Of(answer.Result)}";

    // What is planned by now waits for the next call.
    private static RemittanceReport ReportOf(
        Activity? activity, RemittanceStream stream, SortedSet<long> touched, RemittancePlan plan)
    {
        WorkflowTelemetry.Answer(activity, touched.Count);
        return new(
            [.. touched.Select(number => stream.Book.Remittances[(int)number - 1])],
            plan.Remittance?.Total ?? plan.Carried,
            plan.Reason)
        {
            InvoicesThatDiffer = plan.InvoicesThatDiffer,
        };
    }

    // Asks about all that is in transit. What the bank never got, because the sender stopped in between, is sent now.
    private async ValueTask<bool> AskAsync(
        RemittanceStream stream, SortedSet<long> touched, Instant asOf, CancellationToken cancellationToken)
    {
        foreach (RemittanceState waiting in stream.Book.Remittances.Where(static r => r.IsInTransit).ToList())
        {
            touched.Add(waiting.Remittance.Number);
            RemittanceId id = waiting.Remittance.Id;
            PaymentAnswer? answer = waiting.Remittance.Amount.MinorUnits == 0
                ? null
                : await payments.FindAsync(id, cancellationToken).ConfigureAwait(false);
            bool isTaken = answer is null
                ? await SendAsync(stream, waiting.Remittance, asOf, cancellationToken).ConfigureAwait(false)
                : await TakeAsync(stream, id, answer, asOf, cancellationToken).ConfigureAwait(false);
            if (!isTaken)
            {
                return false;
            }
        }

        return true;
    }

    private async ValueTask<bool> SendAsync(
        RemittanceStream stream, Remittance remittance, Instant asOf, CancellationToken cancellationToken)
    {
        // No bank sends nothing: it is settled with that.
        PaymentAnswer answer = remittance.Amount.MinorUnits == 0
            ? new(PaymentStatus.Paid)
            : await payments.SendAsync(PaymentInstruction.Of(remittance), cancellationToken).ConfigureAwait(false);
        return await TakeAsync(stream, remittance.Id, answer, asOf, cancellationToken).ConfigureAwait(false);
    }

    // Commits what is final; false when somebody else was faster.
    private async ValueTask<bool> TakeAsync(
        RemittanceStream stream,
        RemittanceId id,
        PaymentAnswer answer,
        Instant asOf,
        CancellationToken cancellationToken)
    {
        if (answer.Status is not (PaymentStatus.Paid or PaymentStatus.Refused))
        {
            return true;
        }

        RemittanceResult result =
            answer.Status == PaymentStatus.Paid ? RemittanceResult.Confirmed : RemittanceResult.Refused;
        var record = RemittanceAnswer.Of(id, result, asOf, answer.Reference);
        return await stream.CommitAsync(ledger, record, KeyOf(record), cancellationToken).ConfigureAwait(false);
    }
}
