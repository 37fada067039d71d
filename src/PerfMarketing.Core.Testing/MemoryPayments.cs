using PerfMarketing.Identity;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>A bank in memory, which carries each instruction out once.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class MemoryPayments : IPayments
{
    private readonly Lock gate = new();
    private readonly Dictionary<RemittanceId, (PaymentInstruction Instruction, PaymentAnswer Answer)> payments = [];
    private readonly List<PaymentInstruction> instructions = [];

    /// <summary>What the bank answers to a new instruction; in process by default.</summary>
    public Func<PaymentInstruction, PaymentAnswer> Decide { get; init; } =
        static _ => new(PaymentStatus.InProcess);

    /// <summary>Every instruction that was received, once, in the order in which it came.</summary>
    public IReadOnlyList<PaymentInstruction> Instructions
    {
        get
        {
            lock (gate)
            {
                return [.. instructions];
            }
        }
    }

    /// <summary>The bank decides on an instruction.</summary>
    /// <param name="id">The instruction's id.</param>
    /// <param name="answer">How it stands from now on.</param>
    /// <exception cref="KeyNotFoundException">It was never received.</exception>
    public void Answer(RemittanceId id, PaymentAnswer answer)
    {
        lock (gate)
        {
            payments[id] = (payments[id].Instruction, answer);
        }
    }

    /// <inheritdoc/>
    public ValueTask<PaymentAnswer> SendAsync(PaymentInstruction instruction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instruction);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (payments.TryGetValue(instruction.Id, out var known))
            {
                return known.Instruction == instruction
                    ? new(known.Answer)
                    : throw new ArgumentException("The id stands for another payment.", nameof(instruction));
            }

            PaymentAnswer answer = Decide(instruction);
            payments.Add(instruction.Id, (instruction, answer));
            instructions.Add(instruction);
            return new(answer);
        }
    }

    /// <inheritdoc/>
    public ValueTask<PaymentAnswer?> FindAsync(RemittanceId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(payments.TryGetValue(id, out var known) ? known.Answer : null);
        }
    }
}
