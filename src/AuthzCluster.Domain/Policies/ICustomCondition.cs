using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// A condition of the host's own, written as <c>custom {name, params}</c>. It is asked within decisions, by many threads at once: it must be pure, quick (well
/// below a microsecond, or every check that meets it is slow) and wait for nothing. What it throws makes the condition an error, which denies.
/// </summary>
public interface ICustomCondition
{
    /// <summary>What conditions name it by; 1 to 128 characters. Never change it: it is stored.</summary>
    string Name { get; }

    /// <summary>What is wrong with the <c>params</c> of a condition that is to be stored; fields are paths within them, such as <c>limit</c>. Empty: nothing.</summary>
    IReadOnlyList<FieldError> Validate(AttributeBag parameters);

    /// <summary>
    /// Makes a stored condition ready, once for each revision of the model. What it returns answers whether the condition holds for a question at an instant;
    /// null: that cannot be told, which is an error.
    /// </summary>
    Func<AccessRequest, DateTimeOffset, bool?> Compile(AttributeBag parameters);

    /// <summary>
    /// An instant before which time alone cannot change what the condition comes to at <paramref name="now"/>; null: time never does. By default
    /// <paramref name="now"/> itself: it may change at any moment, and <c>valid_until</c> of what hangs on it is the moment of the answer.
    /// </summary>
    DateTimeOffset? ChangesAfter(AttributeBag parameters, DateTimeOffset now) => now;
}
