import { Plus } from "lucide-react";
import { useState } from "react";
import { AddField } from "./add-field.tsx";
import { ProfileField } from "./profile-field.tsx";

export interface ProfileSectionProps {
  profile: Readonly<Record<string, string>>;
  /** Null takes a field out. */
  onSet: (key: string, value: string | null) => Promise<void>;
}

/** Who the user is: fields that stand before every answer. */
export function ProfileSection({ profile, onSet }: ProfileSectionProps) {
  const [adding, setAdding] = useState(false);
  const fields = Object.entries(profile);
  return (
    <section className="panel-section" aria-labelledby="profile-title">
      <div className="section-head">
        <h2 id="profile-title">Profile</h2>
        {!adding && (
          <button type="button" className="button small" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add a field
          </button>
        )}
      </div>
      {fields.length === 0 && !adding && <p className="hint">Who you are, such as your name. Part of every answer.</p>}
      <ul className="profile">
        {fields.map(([key, value]) => (
          <ProfileField key={`${key} ${value}`} name={key} value={value} onSet={(next) => onSet(key, next)} />
        ))}
      </ul>
      {adding && <AddField taken={fields.map(([key]) => key)} onAdd={onSet} onClose={() => setAdding(false)} />}
    </section>
  );
}
