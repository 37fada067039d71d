using PerfMarketing.Identity;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <summary>
/// A bank whose answers are lost, late or uncertain, and which refuses at times; it never pays an instruction twice.
/// </summary>
/// <param name="rate">How often something goes wrong, in a thousand times.</param>
/// <param name="random">Draws what goes wrong.</param>
/// <param name="counts">Counts it.</param>
/// <param name="violations">Where it complains of what it is asked to do.</param>
/// <param name="payableTo">What may be paid to a payee by now, in minor units.</param>
internal sealed class SimBank(
    int rate, SeededRandom random, FaultCounts counts, Violations violations, Func<PartnerId, long> payableTo)
    : IPayments
{
    private readonly Dictionary<RemittanceId, Payment> payments = [];

    /// <summary>Off, everything is paid at once and said.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>What a payee got and has not lost again, in minor units.</summary>
    public long PaidTo(PartnerId payee) => SumOf(payee, PaymentStatus.Paid);

    /// <summary>What a payee got that may still come back.</summary>
    public RemittanceId[] PaymentsTo(PartnerId payee) => [.. payments.Values
        .Where(p => p.Instruction.Payee == payee && p is { Status: PaymentStatus.Paid, IsBack: false })
        .Select(static p => p.Instruction.Id)];

    /// <summary>Takes back what a payee got, whose account was closed, say; the bank's word on it stays.</summary>
    public void Return(RemittanceId id)
    {
        payments[id].IsBack = true;
        counts.Hit(FaultKind.TransferReturned);
    }

    /// <summary>Whether something is on its way to a payee.</summary>
    public bool IsBusyWith(PartnerId payee) => SumOf(payee, PaymentStatus.InProcess) != 0;

    public ValueTask<PaymentAnswer> SendAsync(PaymentInstruction instruction, CancellationToken cancellationToken)
    {
        FailAtTimes();
        if (!payments.TryGetValue(instruction.Id, out Payment? payment))
        {
            payments.Add(instruction.Id, payment = new(instruction));
            payment.Status = Strikes() ? random.Pick(PaymentStatus.InProcess, PaymentStatus.Refused)
                : PaymentStatus.Paid;
            PartnerId payee = instruction.Payee;
            long sum = SumOf(payee, PaymentStatus.Paid) + SumOf(payee, PaymentStatus.InProcess);
            violations.Require(
                instruction.Amount.MinorUnits > 0 && sum <= payableTo(payee),
                $"I8: {payee} gets {sum}, and {payableTo(payee)} is payable");
        }

        violations.Require(payment.Instruction == instruction, $"I8: {instruction.Id} is asked for two payments");
        FailAtTimes();
        return new(AnswerOf(payment));
    }

    public ValueTask<PaymentAnswer?> FindAsync(RemittanceId id, CancellationToken cancellationToken)
    {
        FailAtTimes();
        return new(payments.TryGetValue(id, out Payment? payment) ? AnswerOf(payment) : null);
    }

    /// <summary>Whether something goes wrong; counts it.</summary>
    public bool Strikes()
    {
        bool strikes = IsOn && rate > 0 && random.Happens(rate);
        if (strikes)
        {
            counts.Hit(FaultKind.PaymentTrouble);
        }

        return strikes;
    }

    private PaymentAnswer AnswerOf(Payment payment)
    {
        if (Strikes())
        {
            return new(PaymentStatus.Unknown);
        }

        if (payment.Status == PaymentStatus.InProcess && (!IsOn || random.Happens(500)))
        {
            payment.Status = random.Happens(300) ? PaymentStatus.Refused : PaymentStatus.Paid;
        }

        return new(payment.Status);
    }

    private void FailAtTimes()
    {
        if (Strikes())
        {
            throw new PortFailedException("The bank does not answer.");
        }
    }

    private long SumOf(PartnerId payee, PaymentStatus status) => payments.Values
        .Where(p => p.Instruction.Payee == payee && p.Status == status && !p.IsBack)
        .Sum(static p => p.Instruction.Amount.MinorUnits);

    private sealed class Payment(PaymentInstruction instruction)
    {
        public PaymentInstruction Instruction => instruction;

        public PaymentStatus Status { get; set; }

        public bool IsBack { get; set; }
    }
}
