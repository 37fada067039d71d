using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Accounts;

/// <content>What closed statements withhold, release and claim.</content>
public sealed partial class AccountBook
{
    private readonly Dictionary<StatementId, (Money?, Money?, Money?)> closed = [];

    /// <summary>Posts what a closed statement withholds, releases and asks the partner to pay back.</summary>
    /// <remarks>
    /// Close each statement before it is sent, in the order of their periods. What is withheld beyond what is payable
    /// by now is owed back.
    /// </remarks>
    /// <param name="statement">The statement; one that was closed before is passed over.</param>
    /// <exception cref="ArgumentException">
    /// The statement is still open, is of a contract or partner that the campaign does not have, or one of its name was
    /// closed that withholds, releases or claims another amount.
    /// </exception>
    public void Close(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        moves.ThrowIfBeyond();
        if (!statement.IsClosed)
        {
            throw new ArgumentException("An open statement may still grow.", nameof(statement));
        }

        Holding holding = Named(statement.Contract, statement.Partner, statement.Gross.Currency);
        var moved = (statement.Withheld, statement.Released, statement.Claimed);
        if (!closed.TryAdd(statement.Id, moved))
        {
            if (closed[statement.Id] != moved)
            {
                throw Conflict("statement", statement.Id.Value);
            }

            return;
        }

        Advance(statement.To);
        string record = statement.Id.Value;
        if (statement.Released is { } released)
        {
            moves.Move(AccountKind.Reserve, AccountKind.Payable, released.MinorUnits);
            Close(holding, Group(holding, GroupCause.ReserveReleased, record) with { Version = statement.Version });
        }

        if (statement.Withheld is { } withheld)
        {
            Draw(holding, AccountKind.Reserve, withheld.MinorUnits, new(record));
            Close(holding, Group(holding, GroupCause.ReserveWithheld, record) with { Version = statement.Version });
        }

        if (statement.Claimed is { } claimed)
        {
            Claim(holding, claimed, statement.Id);
        }
    }

    // From what is payable; what is not is owed back.
    private void Draw(Holding holding, AccountKind to, long amount, EntryId record)
    {
        long payable = Math.Min(amount, holding[AccountKind.Payable]);
        moves.Move(AccountKind.Payable, to, payable);
        if (payable < amount)
        {
            moves.Move(AccountKind.ClawbackDue, to, amount - payable);
            holding.Debts.AddLast((record, amount - payable));
        }
    }

    // What is owed back; and what was taken from what earlier statements promise, or what is to be given back: that is
    // paid whatever is claimed, so it is payable again.
    private void Claim(Holding holding, Money claimed, StatementId statement)
    {
        long left = claimed.MinorUnits;
        while (left > 0 && holding.Debts.First is { Value: var (entry, owed) })
        {
            long part = Math.Min(left, owed);
            moves.Move(AccountKind.Claimed, AccountKind.ClawbackDue, part);
            groups.Add(Group(holding, GroupCause.DebtClaimed, statement.Value) with { Corrects = entry });
            holding.Debts.RemoveFirst();
            left -= part;
            if (part < owed)
            {
                holding.Debts.AddFirst((entry, owed - part));
            }
        }

        if (left > 0)
        {
            moves.Move(AccountKind.Claimed, AccountKind.Payable, left);
            groups.Add(Group(holding, GroupCause.DebtClaimed, statement.Value));
        }

        holding.Claims.Add(new(statement, holding.Groups, claimed.MinorUnits));
    }
}
