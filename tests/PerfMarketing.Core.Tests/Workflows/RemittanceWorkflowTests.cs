using System.Runtime.CompilerServices;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Workflows;

public sealed class RemittanceWorkflowTests
{
    private static readonly PayableStatement[] Statements = [.. Chain("a", 100, 20, 5), .. Chain("b", -30, 50, -1)];

    private readonly MemoryLedger ledger = new();

    [Fact]
    public async Task Remittance_is_sent_once_and_confirmed_by_the_bank()
    {
        MemoryPayments bank = new();
        RemittanceWorkflow workflow = new(ledger, bank);

        RemittanceReport first = await RemitAsync(workflow, 1);
        RemittanceReport again = await RemitAsync(workflow, 1);

        first.Remittances.Single().IsInTransit.Should().BeTrue();
        again.Remittances.Should().Equal(first.Remittances);
        again.Reason.Should().BeNull("the call is a repetition: the remittance answers it");
        (first.IsRepetition, again.IsRepetition).Should().Be((false, true));
        bank.Instructions.Select(static i => i.Amount).Should().Equal(70.Eur);

        bank.Answer(bank.Instructions[0].Id, new(PaymentStatus.Paid, "ref-1"));
        RemittanceReport paid = await RemitAsync(workflow, 1);

        paid.Remittances.Single().IsConfirmed.Should().BeTrue();
        RemittanceReport later = await RemitAsync(workflow, 1);
        later.Remittances.Should().Equal(paid.Remittances, "a repetition gets the original receipt, however late");
        (later.IsRepetition, later.Reason).Should().Be((true, null));
        paid.Remittances.Single().Answer!.Reference.Should().Be("ref-1");
        bank.Instructions.Should().HaveCount(1);
        ledger.Outbox.Select(static m => m.Topic).Should().Equal("remittance", "remittance-answer");
    }

    [Fact]
    public async Task Unknown_is_asked_again_and_never_sent_under_a_new_name()
    {
        MemoryPayments bank = new() { Decide = static _ => new(PaymentStatus.Unknown) };
        RemittanceWorkflow workflow = new(ledger, bank);

        for (int i = 0; i < 4; i++)
        {
            await RemitAsync(workflow, 1);
        }

        bank.Instructions.Should().HaveCount(1);
        (await workflow.ReadAsync(Blog, Currency.Eur, default)).Single().IsInTransit.Should().BeTrue();
    }

    [Fact]
    public async Task Refused_payment_is_made_by_another_remittance()
    {
        int count = 0;
        MemoryPayments bank = new()
        {
            Decide = _ => new(count++ == 0 ? PaymentStatus.Refused : PaymentStatus.Paid),
        };
        RemittanceWorkflow workflow = new(ledger, bank);

        (await RemitAsync(workflow, 1)).Remittances.Single().IsRefused.Should().BeTrue();
        (await RemitAsync(workflow, 1)).Remittances.Single().IsConfirmed.Should().BeTrue();

        bank.Instructions.Select(static i => i.Amount).Should().Equal(70.Eur, 70.Eur);
        bank.Instructions.Select(static i => i.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Confirmation_is_taken_in_once_and_a_contradiction_is_kept_once()
    {
        MemoryPayments bank = new();
        RemittanceWorkflow workflow = new(ledger, bank);
        RemittanceId id = (await RemitAsync(workflow, 1)).Remittances.Single().Remittance.Id;
        var paid = RemittanceAnswer.Of(id, RemittanceResult.Confirmed, After(1), "ref-1");
        var returned = RemittanceAnswer.Of(id, RemittanceResult.Refused, After(2), "account closed");
        RemittanceAnswer[] answers = [paid, paid, returned, returned];
        List<RemittanceReceipt?> receipts = [];

        foreach (RemittanceAnswer answer in answers)
        {
            receipts.Add(await workflow.ConfirmAsync(Blog, Currency.Eur, answer, default));
        }

        receipts.Select(static r => r!.Answer).Should().Equal(
            DecisionAnswer.Decided, DecisionAnswer.Replayed, DecisionAnswer.Conflict, DecisionAnswer.Conflict);
        receipts[^1]!.Remittance.Conflicts.Should().Equal(returned);
        receipts[^1]!.Remittance.IsConfirmed.Should().BeTrue();
        ledger.Positions.Single().Version.Should().Be(3);
    }

    [Fact]
    public async Task Remittance_whose_commit_was_not_acknowledged_is_reported_as_made()
    {
        FaultyLedger faulty = new(ledger, static n => n == 0 ? Fault.LostAnswer : Fault.None);
        MemoryPayments bank = new();
        RemittanceReport report = await RemitAsync(new(faulty, bank), 1);

        report.Reason.Should().BeNull();
        report.Carried.Should().Be(0.Eur);
        report.Remittances.Single().Remittance.Amount.Should().Be(70.Eur);
        bank.Instructions.Should().ContainSingle();
    }

    // Both read that nothing was paid; the first is done before the second commits.
    [Theory]
    [InlineData(PaymentStatus.Paid)]
    [InlineData(PaymentStatus.InProcess)]
    public async Task Whoever_comes_second_is_told_of_the_remittance_and_that_it_is_a_repetition(PaymentStatus status)
    {
        MemoryPayments bank = new() { Decide = _ => new(status) };
        RemittanceReport? first = null;
        RemittanceWorkflow early = new(ledger, bank);
        RemittanceWorkflow late = new(
            new SlowReader(ledger, async () => first = await RemitAsync(early, 1)), bank);

        RemittanceReport second = await RemitAsync(late, 1);

        second.Remittances.Should().Equal(first!.Remittances).And.ContainSingle();
        (first.IsRepetition, second.IsRepetition).Should().Be((false, true));
        (second.Reason, second.Carried).Should().Be((null, 0.Eur));
        bank.Instructions.Should().ContainSingle();
    }

    [Fact]
    public async Task Answer_to_what_was_never_made_is_told()
    {
        RemittanceWorkflow workflow = new(ledger, new MemoryPayments());
        var answer = RemittanceAnswer.Of(new("0123"), RemittanceResult.Confirmed, After(1));

        (await workflow.ConfirmAsync(Blog, Currency.Eur, answer, default)).Should().BeNull();
    }

    [Fact]
    public async Task Many_callers_at_once_pay_once()
    {
        MemoryPayments bank = new() { Decide = static _ => new(PaymentStatus.Paid) };
        RemittanceWorkflow workflow = new(ledger, bank);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                await RemitAsync(workflow, 3);
            }
            catch (CommitFailedException)
            {
                // Too many at once; the call may be made again.
            }
        })));
        await RemitAsync(workflow, 3);

        bank.Instructions.Select(static i => i.Amount).Should().Equal(144.Eur);
        (await workflow.ReadAsync(Blog, Currency.Eur, default)).Should().OnlyContain(static r => r.IsConfirmed);
    }

    [Fact]
    public async Task Every_crash_point_converges()
    {
        (ValueList<RemittanceState> expected, MemoryPayments sound, int calls) = await LiveAsync([], default);
        expected.Select(static r => r.Remittance.Amount).Should().Equal(70.Eur, 70.Eur, 4.Eur);
        expected.Should().OnlyContain(static r => r.IsConfirmed);
        foreach (Break kind in Enum.GetValues<Break>())
        {
            for (int call = 0; call < calls; call++)
            {
                for (int again = 0; again < 4; again++)
                {
                    (ValueList<RemittanceState> found, MemoryPayments bank, _) =
                        await LiveAsync([call, call + again], kind);

                    string reason = $"calls {call} and {call + again} broke {kind}";
                    found.Select(static r => r.Remittance).Should().Equal(
                        expected.Select(static r => r.Remittance), reason);
                    found.Where(static r => !r.IsConfirmed || r.Conflicts.Count > 0).Should().BeEmpty(reason);
                    bank.Instructions.Should().Equal(sound.Instructions, reason);
                }
            }
        }
    }

    // Two months are paid; the first payment comes back, is said to twice, and is paid again with the third month.
    [Fact]
    public async Task Every_crash_point_converges_when_a_payment_comes_back()
    {
        (ValueList<RemittanceState> expected, MemoryPayments sound, int calls) = await ReturnAsync([], default);
        expected.Select(static r => $"{r.Remittance.Amount} {r.Answer!.Result}").Should().Equal(
            "70.00 EUR Returned", "70.00 EUR Confirmed", "74.00 EUR Confirmed");
        foreach (Break kind in Enum.GetValues<Break>())
        {
            for (int call = 0; call < calls; call++)
            {
                for (int again = 0; again < 4; again++)
                {
                    (ValueList<RemittanceState> found, MemoryPayments bank, _) =
                        await ReturnAsync([call, call + again], kind);

                    string reason = $"calls {call} and {call + again} broke {kind}";
                    found.Select(static r => r.Remittance).Should().Equal(
                        expected.Select(static r => r.Remittance), reason);
                    found.Select(static r => r.Answer!.Result).Should().Equal(
                        expected.Select(static r => r.Answer!.Result), reason);
                    found.Where(static r => r.Conflicts.Count > 0).Should().BeEmpty(reason);
                    bank.Instructions.Should().Equal(sound.Instructions, reason);
                }
            }
        }
    }

    [Fact]
    public async Task Older_payment_that_is_refused_while_another_is_recorded_is_said_to_wait()
    {
        MemoryPayments bank = new();
        RemittanceWorkflow early = new(ledger, bank);
        RemittanceId first = (await RemitAsync(early, 1)).Remittances.Single().Remittance.Id;
        bank.Answer(first, new(PaymentStatus.Unknown));
        FaultyLedger faulty = new(ledger, static n => n == 0 ? Fault.LostAnswer : Fault.None);
        BusyStore late = new(faulty, () => bank.Answer(first, new(PaymentStatus.Refused)));

        RemittanceReport report = await RemitAsync(new(late, bank), 2);

        report.Remittances.Select(static r => r.IsRefused).Should().Equal(true, false);
        (report.Carried, report.Reason).Should().Be((70.Eur, null));
        (await RemitAsync(early, 2)).Remittances.Select(static r => r.Remittance.Amount)
            .Should().Equal(70.Eur, 70.Eur);
    }

    private static async Task<(ValueList<RemittanceState> Found, MemoryPayments Bank, int Calls)> ReturnAsync(
        int[] broken, Break kind)
    {
        MemoryLedger store = new();
        MemoryPayments bank = new() { Decide = static _ => new(PaymentStatus.Paid, "ref") };
        BreakingPorts ports = new(store, bank, broken, kind);
        RemittanceWorkflow workflow = new(ports, ports);
        foreach (int month in new[] { 1, 2 })
        {
            await UntilDoneAsync(() => RemitAsync(workflow, month));
        }

        // The bank still says that it paid the first, whoever asks.
        RemittanceId first = bank.Instructions[0].Id;
        for (int i = 0; i < 2; i++)
        {
            var word = RemittanceAnswer.Of(first, RemittanceResult.Returned, After(3), "AC04");
            await UntilDoneAsync(() => workflow.ConfirmAsync(Blog, Currency.Eur, word, default).AsTask());
        }

        for (int i = 0; i < 3; i++)
        {
            await UntilDoneAsync(() => RemitAsync(workflow, 3));
        }

        return (await workflow.ReadAsync(Blog, Currency.Eur, default), bank, ports.Calls);
    }

    private static async Task UntilDoneAsync(Func<Task> call)
    {
        for (bool isDone = false; !isDone;)
        {
            try
            {
                await call();
                isDone = true;
            }
            catch (IOException)
            {
                // The process ended here; it begins anew.
            }
        }
    }

    // Three months, each remitted until the call succeeds; some port calls of all break.
    private static async Task<(ValueList<RemittanceState> Found, MemoryPayments Bank, int Calls)> LiveAsync(
        int[] broken, Break kind)
    {
        MemoryLedger store = new();
        MemoryPayments bank = new() { Decide = static _ => new(PaymentStatus.Paid, "ref") };
        BreakingPorts ports = new(store, bank, broken, kind);
        RemittanceWorkflow workflow = new(ports, ports);
        foreach (int month in new[] { 1, 2, 3, 3, 3 })
        {
            await UntilDoneAsync(() => RemitAsync(workflow, month));
        }

        return (await workflow.ReadAsync(Blog, Currency.Eur, default), bank, ports.Calls);
    }

    private static async Task<RemittanceReport> RemitAsync(RemittanceWorkflow workflow, int month) =>
        await workflow.RemitAsync(Terms(setsOff: true), [.. Statements], After(month), default);

    /// <summary>A store of which the first read takes so long that something else is done in between.</summary>
    private sealed class SlowReader(ILedgerStore ledger, Func<Task> meanwhile) : ILedgerStore
    {
        private bool isRead;

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            ledger.CommitAsync(batch, cancellationToken);

        public async IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            List<StoredRecord> found = [];
            await foreach (StoredRecord stored in ledger.ReadAsync(after, cancellationToken))
            {
                found.Add(stored);
            }

            if (!isRead)
            {
                isRead = true;
                await meanwhile();
            }

            foreach (StoredRecord stored in found)
            {
                yield return stored;
            }
        }

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            ledger.FindAsync(unit, keys, cancellationToken);
    }

    private enum Break
    {
        Before,
        After,
        LostAnswer,
    }

    /// <summary>
    /// Ports of which some calls break: before it did anything, after, or with a store that cannot say.
    /// </summary>
    private sealed class BreakingPorts(ILedgerStore ledger, IPayments bank, int[] broken, Break kind)
        : ILedgerStore, IPayments
    {
        public int Calls { get; private set; }

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            CallAsync(
                async () => await ledger.CommitAsync(batch, cancellationToken),
                new CommitResult.Unavailable(MaybeApplied: true));

        public ValueTask<PaymentAnswer> SendAsync(
            PaymentInstruction instruction, CancellationToken cancellationToken) => CallAsync(
                async () => await bank.SendAsync(instruction, cancellationToken),
                new PaymentAnswer(PaymentStatus.Unknown));

        public ValueTask<PaymentAnswer?> FindAsync(RemittanceId id, CancellationToken cancellationToken) => CallAsync(
            async () => await bank.FindAsync(id, cancellationToken), (PaymentAnswer?)new(PaymentStatus.Unknown));

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            ledger.ReadAsync(after, cancellationToken);

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            ledger.FindAsync(unit, keys, cancellationToken);

        private async ValueTask<T> CallAsync<T>(Func<Task<T>> call, T lost)
        {
            bool breaks = broken.Contains(Calls++);
            if (breaks && kind == Break.Before)
            {
                throw new IOException("Before.");
            }

            T answer = await call();
            return !breaks ? answer : kind == Break.After ? throw new IOException("After.") : lost;
        }
    }
}
